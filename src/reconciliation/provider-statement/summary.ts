// Period and balances that a statement states of itself, and whether it foots.
import { type Minor, minor } from "../../base/money.ts";
import type { ParameterProblem } from "../../base/refusal.ts";
import { readDecimal } from "./cells.ts";
import { labelOf, type StatementMapping } from "./mapping.ts";
import type { StatementRow } from "./statement-row.ts";
import { latest, timeReader } from "./time.ts";

/** Times are epoch ms; `to` is the end of what the file calls its last moment or day. */
export interface StatementSummary {
  readonly from: number;
  readonly to: number;
  readonly opening: Minor;
  readonly closing: Minor;
  /** When the file was made; null: it does not say. */
  readonly made: number | null;
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

type Labels = NonNullable<StatementMapping["summary"]>;
const amounts = ["opening", "closing"] as const;
const times = ["from", "to", "made"] as const;

/** The summary out of the lines with its labels in front, if all of it is there; a value that cannot be read is a problem. */
export function readSummary(
  lines: readonly Line[],
  mapping: StatementMapping,
): { readonly value: StatementSummary | null; readonly problems: readonly ParameterProblem[] } {
  const { summary: labels } = mapping;
  if (labels === undefined) return { value: null, problems: [] };
  const problems: ParameterProblem[] = [];
  const timeOf = timeReader(labels.date ?? mapping.date, mapping.zone);
  const valueOf = <Value>(name: keyof Labels, read: (text: string) => Value | null, what: string): Value | null => {
    const label = labels[name];
    const found =
      label === undefined ? undefined : lines.find(({ cells }) => labelOf(cells[0] ?? "") === labelOf(label));
    const text = found?.cells.slice(1).find((cell) => cell.trim() !== "");
    if (found === undefined || text === undefined) return null;
    const value = read(text);
    if (value === null)
      problems.push({ pointer: `/line/${found.line}`, reason: `"${text.slice(0, 60)}" is not ${what}` });
    return value;
  };
  const [opening, closing] = amounts.map((name) =>
    valueOf(name, (text) => readDecimal(text, mapping.decimal), "an amount"),
  );
  const [from, to, made] = times.map((name) => valueOf(name, timeOf, "a time of the form of the mapping"));
  if (isMissing(opening) || isMissing(closing) || isMissing(from) || isMissing(to)) return { value: null, problems };
  return { value: { from: from.from, to: to.until, opening, closing, made: made?.from ?? null }, problems };
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Why a statement does not foot, one plain sentence each. */
export const footingTexts = {
  no_summary: "The file does not state its period, opening and closing balance.",
  no_movements: "A row does not say what it took from the balance or added to it.",
  outside_period: "A row lies outside the period that the file states.",
  sum: "Opening balance and rows do not add up to the closing balance.",
  balances: "The balance after a row is not the one before it with the row's movement.",
} as const;
export type FootingReason = keyof typeof footingTexts;

/** `covers`: the moments of which the file has every row, epoch ms. */
export type Footing =
  | { readonly kind: "foots"; readonly covers: { readonly from: number; readonly to: number } }
  | { readonly kind: "does_not_foot"; readonly reason: FootingReason };

/**
 * Whether the file accounts for all that moved the wallet in its period. It is complete up to the end of the period, but
 * no further than when it was made; where it does not say that, no further than its last row, because a file that was
 * made in the middle of its period foots as well.
 */
export function footingOf(rows: readonly StatementRow[], summary: StatementSummary | null): Footing {
  if (summary === null) return fails("no_summary");
  const movements = rows.map(({ movement }) => movement);
  if (movements.includes(null)) return fails("no_movements");
  if (rows.some(({ time }) => time.until <= summary.from || time.from >= summary.to)) return fails("outside_period");
  const moved = movements.reduce((sum: number, movement) => sum + (movement ?? 0), 0);
  if (summary.opening + moved !== summary.closing) return fails("sum");
  if (!chains(rows, summary.opening) && !chains(rows.toReversed(), summary.opening)) return fails("balances");
  const lastRow = latest(
    rows.map(({ time }) => time.from),
    summary.from,
  );
  return { kind: "foots", covers: { from: summary.from, to: Math.min(summary.to, summary.made ?? lastRow) } };
}

function fails(reason: FootingReason): Footing {
  return { kind: "does_not_foot", reason };
}

/** Rows without a balance are passed over; the balance goes on through them. */
function chains(rows: readonly StatementRow[], opening: Minor): boolean {
  let balance = opening;
  return rows.every(({ movement, balanceAfter }) => {
    balance = minor(balance + (movement ?? 0));
    return balanceAfter === null || balanceAfter === balance;
  });
}
