// Counts that the ledger keeps at hand for those who watch: the recharges of the last minutes, and what needs a person.
import { z } from "zod";
import { type CaseKind, caseKinds } from "../recharges/events.ts";
import { type RechargeState, rechargeStates } from "../recharges/recharge.ts";
import type { LedgerDatabase } from "./client.ts";

export interface BookedCounts {
  /** Recharges that were created within the last minutes, by what they are now. */
  readonly recent: readonly {
    readonly provider: string;
    readonly product: string;
    readonly state: RechargeState;
    readonly count: number;
  }[];
  /** Open cases; `oldestAt` is epoch ms. */
  readonly cases: readonly { readonly kind: CaseKind; readonly count: number; readonly oldestAt: number }[];
  readonly disputes: number;
}

const recentRow = z.object({
  provider: z.string(),
  product: z.string(),
  state: z.enum(rechargeStates),
  count: z.int(),
});
const caseRow = z.object({ kind: z.enum(caseKinds), count: z.int(), oldestAt: z.int() });

/** Three reads over indices: recharges created since `since` (epoch ms), open cases, open disputes. */
export async function readBookedCounts(database: LedgerDatabase, since: number): Promise<BookedCounts> {
  const [recent = [], cases = [], disputes = []] = await database.batch([
    {
      sql: `SELECT provider, product, state, count(*) AS count FROM recharges WHERE created_at >= ?1
        GROUP BY provider, product, state ORDER BY provider, product, state`,
      args: [since],
    },
    {
      sql: `SELECT kind, count(*) AS count, min(opened_at) AS oldestAt FROM cases WHERE closed_at IS NULL
        GROUP BY kind ORDER BY kind`,
      args: [],
    },
    { sql: "SELECT count(*) AS count FROM disputes WHERE closed_at IS NULL", args: [] },
  ]);
  return {
    recent: z.array(recentRow).parse(recent),
    cases: z.array(caseRow).parse(cases),
    disputes: z.tuple([z.object({ count: z.int() })]).parse(disputes)[0].count,
  };
}
