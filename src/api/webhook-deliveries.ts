// Deliveries of a webhook endpoint, by the partner and by staff: read, tested, sent again.
import { z } from "@hono/zod-openapi";
import { readEventId } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import { deliveryStates } from "../webhooks/delivery.ts";
import { redeliverSince } from "../webhooks/verbs.ts";
import { type Api, noQuery } from "./admin-routes.ts";
import { doorRoute, doorRouteWithBody } from "./doors.ts";
import { countSchema, momentOf, momentSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { endpointParams, endpointPath, type WebhookDoor } from "./webhook-doors.ts";
import { deliverySchema, presentDelivery } from "./webhook-schema.ts";

export function addWebhookDeliveries(api: Api, door: WebhookDoor): void {
  addList(api, door);
  addTest(api, door);
  addRedeliver(api, door);
  addRedeliverSince(api, door);
}

const noDelivery = refusal("not_found", "There is no such delivery.");
const furthest = Number.MAX_SAFE_INTEGER;

function addList(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: `${endpointPath}/deliveries`,
      verb: "list",
      noun: "WebhookDeliveries",
      summary: "Deliveries with their tries and answers, the latest event first, tests last",
      access: "read",
      good: [
        {
          status: 200,
          what: "The deliveries.",
          schema: z.object({
            deliveries: z.array(deliverySchema),
            next_before: z.int().nullable().openapi({ description: "Ask on with `before`; null: there are no more." }),
          }),
        },
      ],
      refused: ["not_found"],
    },
    {
      params: endpointParams(door),
      query: z.strictObject({
        state: z.enum(deliveryStates).optional(),
        before: countSchema(0, 999_999_999_999).optional().openapi({ description: "Events below this number." }),
        limit: countSchema(1, 100).optional().openapi({ description: "50 by default." }),
      }),
    },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { state = null, before, limit } = c.req.valid("query");
    const page = { state, before: Number(before ?? furthest), limit: Number(limit ?? 50) };
    const { account } = owner.value;
    const found = await c.get("services").webhooks.desk(account).readDeliveries(c.req.valid("param").endpoint, page);
    if (!found.ok) return answerRefusal(c, found.problem);
    const last = found.value.length < page.limit ? null : (found.value.at(-1)?.event ?? null);
    const deliveries = found.value.map((delivery) => presentDelivery(account, delivery));
    return c.json({ deliveries, next_before: last !== null && last > 0 ? last : null }, 200);
  });
}

function addTest(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "post",
    {
      path: `${endpointPath}/test`,
      verb: "test",
      noun: "WebhookEndpoint",
      summary: "Send a test: `webhook.test`, signed like the others, about nothing",
      access: "write",
      good: [{ status: 202, what: "On its way.", schema: deliverySchema }],
      refused: ["not_found"],
    },
    { params: endpointParams(door), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { account } = owner.value;
    const { endpoint } = c.req.valid("param");
    const sent = await c.get("services").webhooks.desk(account).sendTest(endpoint);
    if (!sent.ok) return answerRefusal(c, sent.problem);
    await door.noteWrite(c, account, { verb: "test_webhook_endpoint", after: { id: endpoint } });
    return c.json(presentDelivery(account, sent.value), 202);
  });
}

function addRedeliver(api: Api, door: WebhookDoor): void {
  const route = doorRoute(
    door,
    "post",
    {
      path: `${endpointPath}/deliveries/{delivery}/redeliver`,
      verb: "redeliver",
      noun: "Webhook",
      summary: "Send one delivery again, from its first try on, under the same id",
      access: "write",
      good: [{ status: 202, what: "On its way.", schema: deliverySchema }],
      refused: ["not_found"],
    },
    {
      params: endpointParams(door).extend({
        delivery: textSchema(/^(evt|tst)_[0-9a-z]{12}$/, "the id of a delivery"),
      }),
      query: noQuery,
    },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { account } = owner.value;
    const { endpoint, delivery } = c.req.valid("param");
    const named = readEventId(delivery);
    if (named === null || named.accountNumber !== account) return answerRefusal(c, noDelivery);
    const sent = await c.get("services").webhooks.desk(account).redeliver(endpoint, named.event);
    if (!sent.ok) return answerRefusal(c, sent.problem);
    await door.noteWrite(c, account, { verb: "redeliver_webhook", after: { id: endpoint, delivery } });
    return c.json(presentDelivery(account, sent.value), 202);
  });
}

const sinceSchema = z
  .strictObject({
    since: momentSchema,
    after_event: z.int().min(0).optional().openapi({ description: "`next_after_event` of the answer before." }),
  })
  .openapi("RedeliverSince");

function addRedeliverSince(api: Api, door: WebhookDoor): void {
  const route = doorRouteWithBody(
    door,
    "post",
    {
      path: `${endpointPath}/redeliveries`,
      verb: "redeliverSince",
      noun: "Webhooks",
      summary: "Send again everything that the endpoint wants since a time, delivered or not; 10 000 events at once",
      access: "write",
      good: [
        {
          status: 202,
          what: "On their way.",
          schema: z.object({
            events: z.int(),
            next_after_event: z.int().nullable().openapi({ description: "There is more: ask on with `after_event`." }),
          }),
        },
      ],
      refused: ["not_found"],
    },
    { params: endpointParams(door), body: sinceSchema },
  );
  api.openapi(route, async (c) => {
    const owner = await door.owner(c);
    if (!owner.ok) return answerRefusal(c, owner.problem);
    const { account } = owner.value;
    const { endpoint } = c.req.valid("param");
    const { since, after_event: after = 0 } = c.req.valid("json");
    const from = { since: momentOf(since), after };
    const sent = await redeliverSince(c.get("services").webhooks, account, endpoint, from);
    if (!sent.ok) return answerRefusal(c, sent.problem);
    const { events, nextAfter } = sent.value;
    await door.noteWrite(c, account, { verb: "redeliver_webhooks", after: { id: endpoint, since, after, events } });
    return c.json({ events, next_after_event: nextAfter }, 202);
  });
}
