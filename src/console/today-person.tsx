// What needs a person, first: what is wrong, rulings that wait for a second person, cases, disputes.
import type { Context } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import { casePath, openCasesSchema, openDisputesSchema, proposalSchema } from "./case-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { CaseTable, DisputeTable } from "./open-table.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

const alertsSchema = z.object({
  alerts: z.array(z.object({ severity: z.enum(["page", "ticket"]), text: z.string(), raised_at: z.string() })),
});
const proposalsSchema = z.object({
  proposals: z.array(
    z.object({
      partner: z.string(),
      recharge_id: z.string(),
      product: z.string(),
      money_at_risk: z.object({ amount: z.string(), currency: z.string() }),
      proposal: proposalSchema,
    }),
  ),
});

export interface Waiting {
  readonly alerts: Asked<z.infer<typeof alertsSchema>>;
  readonly proposals: Asked<z.infer<typeof proposalsSchema>>;
  readonly cases: Asked<z.infer<typeof openCasesSchema>>;
  readonly disputes: Asked<z.infer<typeof openDisputesSchema>>;
}

const shown = 10;

export async function askWaiting(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Waiting> {
  const [alerts, proposals, cases, disputes] = await Promise.all([
    ask(c, gateway, { path: "/admin/v1/alerts", schema: alertsSchema }),
    ask(c, gateway, { path: "/admin/v1/rulings", schema: proposalsSchema }),
    ask(c, gateway, { path: `/admin/v1/cases?limit=${shown}`, schema: openCasesSchema }),
    ask(c, gateway, { path: `/admin/v1/disputes?limit=${shown}`, schema: openDisputesSchema }),
  ]);
  return { alerts, proposals, cases, disputes };
}

/** What there is none of takes no room; of cases it is said that there is none. */
export function NeedsPerson({ alerts, proposals, cases, disputes }: Waiting) {
  return (
    <section aria-labelledby="needs-person">
      <h2 id="needs-person">Needs a person</h2>
      {alerts.ok ? <Alerts {...alerts.value} /> : <RefusedNote refused={alerts.refused} />}
      {proposals.ok ? <Proposals {...proposals.value} /> : <RefusedNote refused={proposals.refused} />}
      <h3>Cases</h3>
      {cases.ok ? <CaseTable items={cases.value.cases} /> : <RefusedNote refused={cases.refused} />}
      {cases.ok && cases.value.next_cursor !== null ? <AllOfThem /> : null}
      {disputes.ok ? <Disputes {...disputes.value} /> : <RefusedNote refused={disputes.refused} />}
    </section>
  );
}

function AllOfThem() {
  return (
    <p>
      <a href="/console/cases">All of them</a>
    </p>
  );
}

/** Those that cannot wait first. */
function Alerts({ alerts }: z.infer<typeof alertsSchema>) {
  if (alerts.length === 0) return null;
  const ordered = alerts.toSorted((left, right) => left.severity.localeCompare(right.severity));
  return (
    <>
      <h3>What is wrong</h3>
      <Table
        label="What is wrong"
        head={["How urgent", "What", "Since"]}
        empty=""
        rows={ordered.map(({ severity, text, raised_at: at }) => [
          <span class={`badge ${severity === "page" ? "failed" : "doubt"}`}>
            {severity === "page" ? "now" : "within the day"}
          </span>,
          text,
          <Moment at={at} />,
        ])}
      />
    </>
  );
}

function Proposals({ proposals }: z.infer<typeof proposalsSchema>) {
  if (proposals.length === 0) return null;
  return (
    <>
      <h3>Wait for a second person</h3>
      <Table
        label="Rulings that wait for a second person"
        head={["Recharge", "Proposed", "Since", "Partner", "Product", "At risk"]}
        figures={[5]}
        empty=""
        rows={proposals
          .slice(0, shown)
          .map(({ recharge_id: id, proposal, partner, product, money_at_risk: money }) => [
            <a href={casePath(id)}>{id}</a>,
            `${proposal.word}, by ${proposal.proposed_by}`,
            <Moment at={proposal.proposed_at} />,
            partner,
            product,
            moneyText(money.amount, money.currency),
          ])}
      />
      {proposals.length > shown ? <AllOfThem /> : null}
    </>
  );
}

function Disputes({ disputes, next_cursor: next }: z.infer<typeof openDisputesSchema>) {
  if (disputes.length === 0) return null;
  return (
    <>
      <h3>Disputed by partners</h3>
      <DisputeTable items={disputes} />
      {next === null ? null : <AllOfThem />}
    </>
  );
}
