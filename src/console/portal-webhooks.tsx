// `/portal/webhooks`: where a partner is told what happens, how that goes, and telling it again.
import type { Hono } from "hono";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Shown, showPortal } from "./portal.tsx";
import { addWebhookActs } from "./webhook-acts.tsx";
import { deliveriesSchema, endpointsSchema } from "./webhook-answers.ts";
import { DeliveryTable, EndpointList, NewEndpoint, SendAgainSince } from "./webhook-tables.tsx";

const page = "/portal/webhooks";
const api = "/v1/webhook-endpoints";

export function addPortalWebhooks(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(page, async (c) => {
    const read = await ask(c, gateway, { path: api, schema: endpointsSchema });
    return showPortal(c, { title: "Webhooks", section: page }, [
      <Shown asked={read} of={({ endpoints }) => <EndpointList place={page} endpoints={endpoints} />} />,
      <NewEndpoint place={page} />,
    ]);
  });
  app.get(`${page}/:endpoint`, async (c) => {
    const endpoint = encodeURIComponent(c.req.param("endpoint"));
    const before = /^-?\d{1,9}$/.exec(c.req.query("before") ?? "")?.[0];
    const query = `limit=50${before === undefined ? "" : `&before=${before}`}`;
    const read = await ask(c, gateway, { path: `${api}/${endpoint}/deliveries?${query}`, schema: deliveriesSchema });
    const place = `${page}/${endpoint}`;
    const shown = [
      <Shown asked={read} of={(deliveries) => <DeliveryTable place={place} page={deliveries} />} />,
      read.ok ? <SendAgainSince place={place} /> : null,
    ];
    return showPortal(c, { title: "Webhook", section: page }, shown, read.ok ? 200 : 404);
  });
  addWebhookActs(app, gateway, { page, section: page, api: () => api, back: () => page, place: () => page });
}
