// Reads of the ledger: how well each provider does its work, by product, over the recharges of a time.
import { z } from "zod";
import type { LedgerDatabase, SqlValue, Statement } from "./client.ts";

/** `from` is included, `to` is not: epoch ms of the recharges' creation. */
export interface HealthQuestion {
  readonly from: number;
  readonly to: number;
  readonly provider?: string;
  readonly product?: string;
}

/** Counts are of attempts. */
export interface ProviderHealth {
  readonly provider: string;
  readonly product: string;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly declined: number;
  /** Succeeded first, taken back later. */
  readonly reversed: number;
  /** Not decided as far as the ledger knows. */
  readonly open: number;
  /** Whose reply said nothing that counts or never came, whatever they came to later; what is open without a known reply is not among them. */
  readonly doubtful: number;
  /** Succeeded of those that are decided; null: none is. */
  readonly successRate: number | null;
  /** Doubtful of those whose reply, or its absence, is known; null: none is. */
  readonly doubtRate: number | null;
  /** From send to reply, ms, over the replies with a word; null: there were none. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
}

export interface HealthReport {
  /** By provider and product. */
  readonly health: readonly ProviderHealth[];
  /** Epoch ms of the newest fact that is counted: what happened later the ledger did not know yet. Null: nothing is counted. */
  readonly knownUntil: number | null;
}

/** Health over a time, from the ledger's rows: a scan of the recharges of that time. */
export async function readHealth(database: LedgerDatabase, question: HealthQuestion): Promise<HealthReport> {
  const { from, to, provider = null, product = null } = question;
  const args: SqlValue[] = [from, to, provider, product];
  const read = (sql: string): Statement => ({ sql, args });
  const [counts = [], latencies = [], declines = []] = await database.batch([
    read(countsSql),
    read(latencySql),
    read(declinesSql),
  ]);
  const rows = z.array(countRow).parse(counts);
  const ranked = z.array(latencyRow).parse(latencies);
  const declined = z.array(declineRow).parse(declines);
  const keys = new Map([...rows, ...declined].map((row) => [keyOf(row), row]));
  const health = [...keys].map(([key, { provider: id, product: of }]): ProviderHealth => {
    const row = rows.find((one) => keyOf(one) === key) ?? { ...noCounts, provider: id, product: of };
    const before = declined.find((one) => keyOf(one) === key)?.declined ?? 0;
    return healthOf(row, before, ranked.find((one) => keyOf(one) === key) ?? null);
  });
  const until = [...rows, ...declined].map((row) => row.knownUntil);
  return {
    health: health.toSorted(
      (left, right) => left.provider.localeCompare(right.provider) || left.product.localeCompare(right.product),
    ),
    knownUntil: until.length === 0 ? null : Math.max(...until),
  };
}

const count = z.int().nonnegative();
const countRow = z.object({
  provider: z.string(),
  product: z.string(),
  recharges: count,
  succeeded: count,
  failed: count,
  declined: count,
  reversed: count,
  open: count,
  doubtful: count,
  answered: count,
  knownUntil: z.int(),
});
type CountRow = z.infer<typeof countRow>;
const latencyRow = z.object({ provider: z.string(), product: z.string(), p50: count, p95: count });
const declineRow = z.object({ provider: z.string(), product: z.string(), declined: count, knownUntil: z.int() });

const noCounts = {
  recharges: 0,
  succeeded: 0,
  failed: 0,
  declined: 0,
  reversed: 0,
  open: 0,
  doubtful: 0,
  answered: 0,
  knownUntil: 0,
};

function keyOf({ provider, product }: { readonly provider: string; readonly product: string }): string {
  return `${provider} ${product}`;
}

function healthOf(row: CountRow, declinedBefore: number, latency: z.infer<typeof latencyRow> | null): ProviderHealth {
  const { provider, product, succeeded, failed, reversed, open, doubtful } = row;
  const declined = row.declined + declinedBefore;
  const decided = succeeded + failed + reversed + declined;
  const answered = row.answered + declinedBefore;
  return {
    provider,
    product,
    attempts: row.recharges + declinedBefore,
    succeeded,
    failed,
    declined,
    reversed,
    open,
    doubtful,
    successRate: decided === 0 ? null : succeeded / decided,
    doubtRate: answered === 0 ? null : doubtful / answered,
    latencyMs: latency === null ? null : { p50: latency.p50, p95: latency.p95 },
  };
}

// ?1 from, ?2 to, ?3 provider or null, ?4 product or null.
const counted = `created_at >= ?1 AND created_at < ?2 AND (?4 IS NULL OR product = ?4)`;
const ofProvider = `${counted} AND (?3 IS NULL OR provider = ?3)`;
// A decided recharge without a reply was answered by nobody; of one that is open the ledger hears when it is decided, or a case.
const isDoubtful = "(answer = 'unclear' OR (answer IS NULL AND state <> 'pending'))";

const countsSql = `SELECT provider, product, count(*) AS recharges, sum(state = 'succeeded') AS succeeded,
  sum(state = 'failed' AND answer IS NOT 'declined') AS failed, sum(state = 'failed' AND answer IS 'declined') AS declined,
  sum(state = 'reversed') AS reversed, sum(state = 'pending') AS open, sum(coalesce(${isDoubtful}, 0)) AS doubtful,
  sum(answer IS NOT NULL OR state <> 'pending') AS answered, max(updated_at) AS knownUntil
  FROM recharges WHERE ${ofProvider} GROUP BY provider, product`;

// Nearest rank: the smallest figure that so many of a hundred are not above.
const latencySql = `SELECT provider, product, min(CASE WHEN place * 100 >= total * 50 THEN answer_ms END) AS p50,
  min(CASE WHEN place * 100 >= total * 95 THEN answer_ms END) AS p95 FROM (
    SELECT provider, product, answer_ms, count(*) OVER (PARTITION BY provider, product) AS total,
      row_number() OVER (PARTITION BY provider, product ORDER BY answer_ms) AS place
    FROM recharges WHERE ${ofProvider} AND answer_ms IS NOT NULL AND answer <> 'unclear')
  GROUP BY provider, product`;

const declinesSql = `SELECT declines.value AS provider, product, count(*) AS declined, max(updated_at) AS knownUntil
  FROM recharges, json_each(declined_by) AS declines
  WHERE ${counted} AND declined_by IS NOT NULL AND (?3 IS NULL OR declines.value = ?3) GROUP BY declines.value, product`;
