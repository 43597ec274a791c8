// Webhook endpoints, by the partner and by staff: made, read, changed, removed, given another secret.
import { z } from "@hono/zod-openapi";
import { changeEndpoint, createEndpoint, rotateSecret } from "../webhooks/verbs.ts";
import { type Api, noQuery } from "./admin-routes.ts";
import { doorRoute, doorRouteWithBody } from "./doors.ts";
import { answerRefusal } from "./problem.ts";
import { endpointParams, endpointPath, type WebhookDoor } from "./webhook-doors.ts";
import {
  changedEndpointSchema,
  endpointSchema,
  endpointWithSecretSchema,
  newEndpointSchema,
  presentEndpoint,
  wantedOf,
} from "./webhook-schema.ts";

export function addWebhookEndpoints(api: Api, door: WebhookDoor): void {
  addList(api, door);
  addCreate(api, door);
  addRead(api, door);
  addChange(api, door);
  addRemove(api, door);
  addRotate(api, door);
}

function addList(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: "",
      verb: "list",
      noun: "WebhookEndpoints",
      summary: "The webhook endpoints, without their secrets",
      access: "read",
      good: [{ status: 200, what: "The endpoints.", schema: z.object({ endpoints: z.array(endpointSchema) }) }],
      refused: ["not_found"],
    },
    { params: door.params, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const endpoints = await c.get("services").webhooks.desk(owner.value.account).readEndpoints();
    return c.json({ endpoints: endpoints.map(presentEndpoint) }, 200);
  });
}

function addCreate(api: Api, door: WebhookDoor): void {
  const route = doorRouteWithBody(
    door,
    "post",
    {
      path: "",
      verb: "create",
      noun: "WebhookEndpoint",
      summary: "Be told what happens from now on; the secret is shown once",
      access: "write",
      good: [{ status: 201, what: "The endpoint with its secret.", schema: endpointWithSecretSchema }],
      refused: ["not_found"],
    },
    { params: door.params, body: newEndpointSchema },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const created = await createEndpoint(c.get("services").webhooks, owner.value, wantedOf(c.req.valid("json")));
    if (!created.ok) return answerRefusal(c, created.problem);
    const shown = presentEndpoint(created.value.endpoint);
    await door.noteWrite(c, owner.value.account, { verb: "create_webhook_endpoint", after: shown });
    return c.json({ ...shown, secret: created.value.secret }, 201);
  });
}

function addRead(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: endpointPath,
      verb: "read",
      noun: "WebhookEndpoint",
      summary: "One endpoint, and how it has been going",
      access: "read",
      good: [{ status: 200, what: "The endpoint.", schema: endpointSchema }],
      refused: ["not_found"],
    },
    { params: endpointParams(door), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { endpoint } = c.req.valid("param");
    const found = await c.get("services").webhooks.desk(owner.value.account).findEndpoint(endpoint);
    return found.ok ? c.json(presentEndpoint(found.value), 200) : answerRefusal(c, found.problem);
  });
}

function addChange(api: Api, door: WebhookDoor): void {
  const route = doorRouteWithBody(
    door,
    "put",
    {
      path: endpointPath,
      verb: "change",
      noun: "WebhookEndpoint",
      summary: "Replace what was said of an endpoint; pause it, or make it active again",
      access: "write",
      good: [{ status: 200, what: "The endpoint now.", schema: endpointSchema }],
      refused: ["not_found"],
    },
    { params: endpointParams(door), body: changedEndpointSchema },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { state = null, ...said } = c.req.valid("json");
    const { endpoint } = c.req.valid("param");
    const wanted = { ...wantedOf(said), state };
    const changed = await changeEndpoint(c.get("services").webhooks, owner.value, endpoint, wanted);
    if (!changed.ok) return answerRefusal(c, changed.problem);
    const shown = presentEndpoint(changed.value);
    await door.noteWrite(c, owner.value.account, { verb: "change_webhook_endpoint", after: shown });
    return c.json(shown, 200);
  });
}

function addRemove(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "delete",
    {
      path: endpointPath,
      verb: "remove",
      noun: "WebhookEndpoint",
      summary: "Remove an endpoint with all its deliveries; what is on its way may still arrive once",
      access: "write",
      good: [{ status: 204, what: "Removed." }],
      refused: ["not_found"],
    },
    { params: endpointParams(door), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { endpoint } = c.req.valid("param");
    const removed = await c.get("services").webhooks.desk(owner.value.account).remove(endpoint);
    if (!removed.ok) return answerRefusal(c, removed.problem);
    const after = { id: endpoint, removed: true };
    await door.noteWrite(c, owner.value.account, { verb: "remove_webhook_endpoint", after });
    return c.body(null, 204);
  });
}

function addRotate(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "post",
    {
      path: `${endpointPath}/secret`,
      verb: "rotate",
      noun: "WebhookSecret",
      summary: "A new secret, shown once; for a day both sign",
      access: "write",
      good: [{ status: 200, what: "The endpoint with its new secret.", schema: endpointWithSecretSchema }],
      refused: ["not_found"],
    },
    { params: endpointParams(door), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { endpoint } = c.req.valid("param");
    const rotated = await rotateSecret(c.get("services").webhooks, owner.value.account, endpoint);
    if (!rotated.ok) return answerRefusal(c, rotated.problem);
    const shown = presentEndpoint(rotated.value.endpoint);
    await door.noteWrite(c, owner.value.account, { verb: "rotate_webhook_secret", after: shown });
    return c.json({ ...shown, secret: rotated.value.secret }, 200);
  });
}
