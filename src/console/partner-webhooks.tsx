// `/console/partners/{id}/webhooks`: who is told what happens, how it goes, and telling it again.
import type { Hono } from "hono";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { OnlyFor } from "./only-for.tsx";
import { partnerApi, partnerBack, partnerIn, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { addWebhookActs } from "./webhook-acts.tsx";
import { deliveriesSchema, endpointsSchema } from "./webhook-answers.ts";
import { DeliveryTable, EndpointList, NewEndpoint, SendAgainSince } from "./webhook-tables.tsx";

export function addPartnerWebhooks(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/webhooks`, (c) =>
    showPartner(c, gateway, "/webhooks", async ({ id }) => {
      const place = `${partnersPage}/${id}/webhooks`;
      const read = await ask(c, gateway, { path: partnerApi(c, "/webhook-endpoints"), schema: endpointsSchema });
      return (
        <>
          {read.ok ? (
            <EndpointList place={place} endpoints={read.value.endpoints} />
          ) : (
            <RefusedNote refused={read.refused} />
          )}
          <OnlyFor guest={c.get("session").guest} scope="operator">
            <NewEndpoint place={place} />
          </OnlyFor>
        </>
      );
    }),
  );
  app.get(`${partnerPage}/webhooks/:endpoint`, (c) =>
    showPartner(c, gateway, "/webhooks", async ({ id }) => {
      const endpoint = encodeURIComponent(c.req.param("endpoint"));
      const before = /^-?\d{1,9}$/.exec(c.req.query("before") ?? "")?.[0];
      const query = `limit=50${before === undefined ? "" : `&before=${before}`}`;
      const path = partnerApi(c, `/webhook-endpoints/${endpoint}/deliveries?${query}`);
      const read = await ask(c, gateway, { path, schema: deliveriesSchema });
      const place = `${partnersPage}/${id}/webhooks/${endpoint}`;
      return (
        <>
          {read.ok ? <DeliveryTable place={place} page={read.value} /> : <RefusedNote refused={read.refused} />}
          <OnlyFor guest={c.get("session").guest} scope="operator">
            <SendAgainSince place={place} />
          </OnlyFor>
        </>
      );
    }),
  );
  addWebhookActs(app, gateway, {
    page: `${partnerPage}/webhooks`,
    section: partnersPage,
    api: (c) => partnerApi(c, "/webhook-endpoints"),
    back: partnerBack("/webhooks"),
    place: (c) => `${partnersPage}/${partnerIn(c)}/webhooks`,
  });
}
