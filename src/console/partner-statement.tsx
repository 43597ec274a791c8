// `/console/partners/{id}/statement`: what moved in its wallets, from opening to closing balance.
import type { Hono } from "hono";
import type { ConsoleEnv } from "./console-env.ts";
import { type AskGateway, ask } from "./ask.ts";
import { partnerApi, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { SpanForm, spanIn, Statements, statementsSchema } from "./statement-table.tsx";

export function addPartnerStatement(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/statement`, (c) =>
    showPartner(c, gateway, "/statement", async (partner) => {
      const span = spanIn(c);
      const read = await ask(c, gateway, { path: partnerApi(c, `/statement?${span.query}`), schema: statementsSchema });
      const path = `${partnersPage}/${partner.id}/statement`;
      return (
        <>
          <SpanForm action={path} span={span} />
          {read.ok ? (
            <Statements action={path} span={span} statements={read.value.statements} />
          ) : (
            <RefusedNote refused={read.refused} />
          )}
        </>
      );
    }),
  );
}
