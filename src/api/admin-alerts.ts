// `/admin/v1/alerts`: what stands, and a test of the channels.
import { z } from "@hono/zod-openapi";
import { alertRules, severityOf } from "../operations/alert-rules.ts";
import { insertAudit } from "../partners/rows.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";

const alertSchema = z
  .object({
    rule: z.enum(alertRules),
    subject: z.string().nullable().openapi({ description: "A provider, or a kind of case." }),
    severity: z.enum(["page", "ticket"]).openapi({ description: "`page`: now; `ticket`: within the day." }),
    text: z.string(),
    raised_at: z.string(),
    told_at: z.string(),
  })
  .openapi("Alert");

const alertsSchema = z.object({
  alerts: z.array(alertSchema),
  unsent: z.int().openapi({ description: "Messages that a channel has not taken yet; they are sent again." }),
});

const testSchema = z.object({ channels: z.array(z.object({ name: z.string(), taken: z.boolean() })) });

export function addAlertRoutes(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: "/admin/v1/alerts",
      operationId: "listAlerts",
      summary: "What the last scheduled run found wrong",
      scope: "viewer",
      good: [{ status: 200, what: "The alerts that stand.", schema: alertsSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const { standing, unsent } = await c.get("services").alerts.read();
    const alerts = standing.map(({ rule, subject, text, raisedAt, toldAt }) => ({
      rule,
      subject: subject || null,
      severity: severityOf[rule],
      text,
      raised_at: new Date(raisedAt).toISOString(),
      told_at: new Date(toldAt).toISOString(),
    }));
    return c.json({ alerts, unsent: unsent.length }, 200);
  });
  addTest(api);
}

function addTest(api: Api): void {
  const test = adminRoute(
    "post",
    {
      path: "/admin/v1/alerts/test",
      operationId: "testAlerts",
      summary: "Send a test to every channel of the setting ALERTS",
      scope: "operator",
      good: [{ status: 200, what: "Which channels took it.", schema: testSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(test, async (c) => {
    const { alerts, database, clock } = c.get("services");
    const channels = (await alerts.test()).map(({ name, isTaken }) => ({ name, taken: isTaken }));
    const entry = { verb: "test_alerts", subject: "alerts", before: null, after: { channels } };
    await database.batch([insertAudit(actOf(c), clock.now(), entry)]);
    return c.json({ channels }, 200);
  });
}
