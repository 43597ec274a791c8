// `/console/partners/{id}/disputes`: what the partner said was wrong, and how that ended.
import type { Hono } from "hono";
import { type AskGateway, ask } from "./ask.ts";
import { casePath } from "./case-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { DisputeList, disputeFilterIn } from "./dispute-list.tsx";
import { partnerApi, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { disputesSchema } from "./portal-answers.ts";

export function addPartnerDisputes(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/disputes`, (c) =>
    showPartner(c, gateway, "/disputes", async ({ id }) => {
      const filter = disputeFilterIn(c);
      const asked = await ask(c, gateway, {
        path: partnerApi(c, `/disputes?${filter.query}`),
        schema: disputesSchema,
      });
      const action = `${partnersPage}/${id}/disputes`;
      return <DisputeList action={action} filter={filter} asked={asked} rechargePath={casePath} />;
    }),
  );
}
