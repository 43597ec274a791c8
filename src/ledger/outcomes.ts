// What became of named recharges of one account, as the ledger knows it.
import { z } from "zod";
import { type Minor, minor } from "../base/money.ts";
import { failureCauses, type RechargeState, rechargeStates } from "../recharges/recharge.ts";
import type { LedgerDatabase } from "./client.ts";
import { watermarkStatement } from "./project.ts";

export interface RechargeOutcome {
  readonly counter: number;
  readonly state: RechargeState;
  readonly operatorReference: string | null;
  readonly cost: Minor;
  /** Why it failed, in our own words; null where it did not. */
  readonly failure: string | null;
}

/** `asOfEvent`: what the account did after this event is not in it. */
export interface Outcomes {
  readonly outcomes: readonly RechargeOutcome[];
  readonly asOfEvent: number;
}

const named = "account = ?1 AND counter IN (SELECT value FROM json_each(?2))";

/** The outcomes of these counters; one that the ledger has not got yet is left out. */
export async function readOutcomes(
  database: LedgerDatabase,
  account: number,
  counters: readonly number[],
): Promise<Outcomes> {
  const [rows = [], watermark = []] = await database.batch([
    {
      sql: `SELECT counter, state, operator_reference AS operatorReference, cost, failure FROM recharges WHERE ${named}`,
      args: [account, JSON.stringify(counters)],
    },
    watermarkStatement(account),
  ]);
  return { outcomes: z.array(outcome).parse(rows), asOfEvent: eventIn(watermark) };
}

/** How many of these counters are in each state. */
export async function countOutcomes(
  database: LedgerDatabase,
  account: number,
  counters: readonly number[],
): Promise<{ readonly counts: Readonly<Record<RechargeState, number>>; readonly asOfEvent: number }> {
  const [rows = [], watermark = []] = await database.batch([
    {
      sql: `SELECT state, count(*) AS count FROM recharges WHERE ${named} GROUP BY state`,
      args: [account, JSON.stringify(counters)],
    },
    watermarkStatement(account),
  ]);
  const counts = { pending: 0, succeeded: 0, failed: 0, reversed: 0 };
  for (const { state, count } of z.array(counted).parse(rows)) counts[state] = count;
  return { counts, asOfEvent: eventIn(watermark) };
}

const outcome = z.object({
  counter: z.int(),
  state: z.enum(rechargeStates),
  operatorReference: z.string().nullable(),
  cost: z.int().transform(minor),
  failure: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ cause: z.enum(failureCauses), text: z.string() }).transform(({ text }) => text))
    .nullable(),
});
const counted = z.object({ state: z.enum(rechargeStates), count: z.int() });

function eventIn(rows: readonly unknown[]): number {
  return z.tuple([z.object({ watermark: z.int() })]).parse(rows)[0].watermark;
}
