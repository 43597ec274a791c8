// Statements of nurr over real accounts in Node.
import type { AccountCalls, AttemptQuestion } from "../../../../src/accounts/account.ts";
import {
  type StatementParts,
  changeMapping,
  planImport,
} from "../../../../src/reconciliation/provider-statement/import.ts";
import type { StatementPlan } from "../../../../src/reconciliation/provider-statement/plan.ts";
import { addPartner, openPartners, type Partners, placeInNode, t0 } from "../../../support/account-in-node.ts";
import { mappingOf, shown } from "./statement-fixture.ts";

export const nurr = "nurr-sandbox";
export const by = { staff: "asha", requestId: "req_1" };
export const mapping = mappingOf({
  columns: { id: "Trx", reference: "Ref", number: "Mobile", amount: "Amount", status: "Status", time: "Date" },
  summary: undefined,
});
export const headings = "Trx,Ref,Mobile,Amount,Status,Date";
/** The attempts start at `t0`; everything is final long before. */
export const now = t0 + 3_600_000;

export interface Desk {
  readonly partners: Partners;
  readonly parts: StatementParts;
  /** What accounts were asked, by account number. */
  readonly questions: (readonly [number, AttemptQuestion])[];
  /** How many accounts were told words at once, at most. */
  readonly atOnce: { most: number; running: number };
}

export function openDesk(): Desk {
  const partners = openPartners();
  const { database, clock, log, providers } = partners;
  const questions: (readonly [number, AttemptQuestion])[] = [];
  const atOnce = { most: 0, running: 0 };
  const account: StatementParts["account"] = (number) => {
    const real: Pick<AccountCalls, "readProviderAttempts" | "takeStatement"> = partners.account(number);
    return {
      async readProviderAttempts(question) {
        questions.push([number, question]);
        return busy(atOnce, () => real.readProviderAttempts(question));
      },
      takeStatement: (...given) => busy(atOnce, () => real.takeStatement(...given)),
    };
  };
  return { partners, parts: { database, installation: "LC", clock, log, providers, account }, questions, atOnce };
}

async function busy<Value>(atOnce: Desk["atOnce"], work: () => Promise<Value>): Promise<Value> {
  atOnce.running += 1;
  atOnce.most = Math.max(atOnce.most, atOnce.running);
  await Promise.resolve();
  try {
    return await work();
  } finally {
    atOnce.running -= 1;
  }
}

export interface Lost {
  readonly account: number;
  readonly id: string;
  readonly subscriber: string;
}

/** A recharge at `t0` whose answer was lost, of a partner of its own; now it is an hour later. */
export async function lose({ partners }: Desk, of?: number): Promise<Lost> {
  const account = of ?? (await addPartner(partners));
  partners.time.now = t0;
  const { id, subscriber } = await placeInNode(partners, account);
  partners.time.now = now;
  return { account, id, subscriber };
}

export function successRow(trx: string, { subscriber }: Lost): string {
  return `${trx},,${subscriber},20.00,Success,${shown(t0 + 1_000)}`;
}

export async function remember({ parts }: Desk): Promise<void> {
  await changeMapping(parts, nurr, mapping, by);
}

/** A dry run that must be read. */
export async function dryRun({ parts }: Desk, rows: readonly string[]): Promise<{ id: string; plan: StatementPlan }> {
  const planned = await planImport(parts, nurr, [headings, ...rows].join("\n"), by);
  if (!planned.ok) throw new Error(planned.problem.detail);
  return { id: planned.value.statement.id, plan: planned.value.plan };
}

export async function stateOf({ partners }: Desk, { account, id }: Lost): Promise<string | undefined> {
  return (await partners.account(account).readEvidence(id))?.recharge.state;
}
