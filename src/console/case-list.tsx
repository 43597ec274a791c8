// `/console/cases`: what waits for a person and what partners dispute, the oldest money first.
import type { Hono } from "hono";
import type { Child } from "hono/jsx";
import { type AskGateway, ask } from "./ask.ts";
import { casePath, type OpenDispute, type OpenItem, openCasesSchema, openDisputesSchema } from "./case-answers.ts";
import { caseKindText, dispositionText } from "./case-words.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { Moment, Page } from "./page.tsx";
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

function CaseTable({ items }: { readonly items: readonly (OpenItem & { readonly kind: string })[] }) {
  if (items.length === 0) return <p class="empty">Nothing waits for a person. Every doubt is being asked about.</p>;
  return (
    <OpenTable
      why="Why"
      rows={items.map((item) => ({ item, why: caseKindText(item.kind) }))}
      caption="Open cases, the oldest money first"
    />
  );
}

function DisputeTable({ items }: { readonly items: readonly OpenDispute[] }) {
  if (items.length === 0) return <p class="empty">No partner disputes a recharge.</p>;
  const rows = items.map((item) => ({
    item,
    why: (
      <>
        {dispositionText(item.disposition)}
        {item.comment === "" ? null : <small class="words">“{item.comment}”</small>}
      </>
    ),
  }));
  return <OpenTable why="What the partner says" rows={rows} caption="Open disputes, the oldest money first" />;
}

interface OpenRow {
  readonly item: Omit<OpenItem, "kind">;
  readonly why: Child;
}

function OpenTable(props: { readonly why: string; readonly rows: readonly OpenRow[]; readonly caption: string }) {
  const { why, rows, caption } = props;
  return (
    <div class="table">
      <table class="stacks">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Recharge</th>
            <th scope="col">{why}</th>
            <th scope="col">Money in it since</th>
            <th scope="col">Partner</th>
            <th scope="col">Product</th>
            <th scope="col">Provider</th>
            <th scope="col" class="figure">
              At risk
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row why={row.why} item={row.item} label={why} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ item, why, label }: OpenRow & { readonly label: string }) {
  const { amount, currency } = item.money_at_risk;
  return (
    <tr>
      <th scope="row">
        <a href={casePath(item.recharge_id)}>{item.recharge_id}</a>
      </th>
      <td data-label={label}>{why}</td>
      <td data-label="Money in it since">
        <Moment at={item.placed_at} />
      </td>
      <td data-label="Partner">{item.partner}</td>
      <td data-label="Product">{item.product}</td>
      <td data-label="Provider">{item.provider}</td>
      <td data-label="At risk" class="figure">
        {moneyText(amount, currency)}
      </td>
    </tr>
  );
}
