// `/console/cases`: what waits for a person and what partners dispute, the oldest money first.
import type { Hono } from "hono";
import { type AskGateway, ask } from "./ask.ts";
import { openCasesSchema, openDisputesSchema } from "./case-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { CaseTable, DisputeTable } from "./open-table.tsx";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";

const shown = 50;

export function addCaseList(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console/cases", async (c) => {
    const cursors = { cases: cursorIn(c.req.query("after")), disputes: cursorIn(c.req.query("disputes_after")) };
    const [cases, disputes] = await Promise.all([
      ask(c, gateway, { path: `/admin/v1/cases?limit=${shown}${cursors.cases}`, schema: openCasesSchema }),
      ask(c, gateway, { path: `/admin/v1/disputes?limit=${shown}${cursors.disputes}`, schema: openDisputesSchema }),
    ]);
    return c.html(
      <Page title="Cases" section="/console/cases" guest={c.get("session").guest}>
        <section aria-labelledby="cases">
          <h2 id="cases">Needs a person</h2>
          {cases.ok ? <CaseTable items={cases.value.cases} /> : <RefusedNote refused={cases.refused} />}
          <Further name="after" cursor={cases.ok ? cases.value.next_cursor : null} />
        </section>
        <section aria-labelledby="disputes">
          <h2 id="disputes">Disputed by partners</h2>
          {disputes.ok ? <DisputeTable items={disputes.value.disputes} /> : <RefusedNote refused={disputes.refused} />}
          <Further name="disputes_after" cursor={disputes.ok ? disputes.value.next_cursor : null} />
        </section>
      </Page>,
    );
  });
}

function cursorIn(asked: string | undefined): string {
  return asked === undefined ? "" : `&cursor=${encodeURIComponent(asked)}`;
}

function Further({ name, cursor }: { readonly name: string; readonly cursor: string | null }) {
  return cursor === null ? null : (
    <p>
      <a class="button" href={`/console/cases?${name}=${encodeURIComponent(cursor)}`}>
        Younger ones
      </a>
    </p>
  );
}
