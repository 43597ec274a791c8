// What staff set for the whole installation, kept at the desk named `installation` and told to every guard shard.
import { firstRules } from "../recharges/ports.ts";
import type { RulesTaker, StaffRules } from "../recharges/ports.ts";

/** A step of the desk's tables. `taken`: the version that every shard took. */
export const rulesSchema = `CREATE TABLE staff_rules (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  rules TEXT NOT NULL,
  taken INTEGER NOT NULL
);`;

/** `missed`: indices of the shards that still go by the rules before. */
export interface RulesResult {
  readonly rules: StaffRules;
  readonly missed: readonly number[];
}

interface Kept {
  readonly rules: StaffRules;
  readonly taken: number;
}

export function readKeptRules(sql: SqlStorage): Kept {
  const [row] = sql.exec<{ rules: string; taken: number }>("SELECT rules, taken FROM staff_rules").toArray();
  return row === undefined ? { rules: firstRules, taken: 0 } : { rules: parseRules(row.rules), taken: row.taken };
}

/** An order for one product (`*`: all others) or none; the velocity limit; one code (null: as the settings say). What is not named stays. */
export interface RulesChange {
  readonly order?: { readonly product: string; readonly providers: readonly string[] };
  readonly velocityPerDay?: number | null;
  readonly code?: { readonly provider: string; readonly product: string; readonly isCertified: boolean | null };
}

/** Writes a change down as a new version; the same again writes nothing. */
export function changeRules(sql: SqlStorage, change: RulesChange): StaffRules {
  const { rules, taken } = readKeptRules(sql);
  const next = rulesAfter(rules, change);
  if (JSON.stringify(next) === JSON.stringify(rules)) return rules;
  const changed = { ...next, version: rules.version + 1 };
  write(sql, { rules: changed, taken });
  return changed;
}

/** The rules after a change, at the same version. An empty list of providers ends the order of its product. Pure. */
export function rulesAfter(rules: StaffRules, { order, velocityPerDay, code }: RulesChange): StaffRules {
  const others = Object.entries(rules.order).filter(([product]) => product !== order?.product);
  const named = order === undefined || order.providers.length === 0 ? [] : [[order.product, order.providers] as const];
  const all = [...others, ...named].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...rules,
    order: order === undefined ? rules.order : Object.fromEntries(all),
    velocityPerDay: velocityPerDay === undefined ? rules.velocityPerDay : velocityPerDay,
    codes: code === undefined ? rules.codes : codesAfter(rules.codes, code),
  };
}

function codesAfter(
  codes: StaffRules["codes"],
  { provider, product, isCertified }: NonNullable<RulesChange["code"]>,
): StaffRules["codes"] {
  const { [product]: _before, ...others } = codes[provider] ?? {};
  const own = isCertified === null ? others : { ...others, [product]: isCertified };
  return { ...codes, [provider]: own };
}

/** Tells every shard what stands, and notes when all have it. Returns the indices of those that could not be told. */
export async function tellRules(sql: SqlStorage, shards: readonly RulesTaker[]): Promise<readonly number[]> {
  const { rules } = readKeptRules(sql);
  const told = await Promise.allSettled(shards.map(async (shard) => shard.takeRules(rules)));
  const missed = told.flatMap(({ status }, index) => (status === "rejected" ? [index] : []));
  const standing = readKeptRules(sql);
  if (missed.length === 0 && rules.version > standing.taken) write(sql, { ...standing, taken: rules.version });
  return missed;
}

function write(sql: SqlStorage, { rules, taken }: Kept): void {
  sql.exec("INSERT OR REPLACE INTO staff_rules (id, rules, taken) VALUES (1, ?, ?)", JSON.stringify(rules), taken);
}

// What only this file wrote is trusted.
function parseRules(text: string): StaffRules {
  return { ...firstRules, ...(JSON.parse(text) as StaffRules) };
}
