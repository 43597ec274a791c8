// Answers for people: a table of a list, lines of an object, within the width of a terminal.
import { z } from "zod";

const recordSchema = z.record(z.string(), z.unknown());
type Row = z.infer<typeof recordSchema>;

/**
 * The answer as text: tables of what is a list, `name  value` lines of the rest. `columns` are those of the first list; one
 * that ends with `?` is left out where the width does not take it.
 */
export function present(answer: unknown, width: number, columns: string | undefined): string {
  if (typeof answer === "string") return answer.trimEnd();
  const read = recordSchema.safeParse(answer);
  if (!read.success) return answer === null ? "Done." : textOf(answer);
  const entries = Object.entries(read.data).filter(([name]) => !/^next_|^as_of$/.test(name));
  const plainOnes = entries.filter(([, value]) => !Array.isArray(value));
  const [first] = entries.filter(([, value]) => Array.isArray(value));
  if (
    plainOnes.length === 0 &&
    first !== undefined &&
    !isTable(first[1]) &&
    z.array(z.unknown()).length(0).safeParse(first[1]).success
  )
    return `No ${wordsOf(first[0])}.`;
  const tables = entries.flatMap(([name, value]) => (isTable(value) ? [{ name, rows: value }] : []));
  const others = plainOnes.length === 0 ? [] : entries.filter(([, value]) => !isTable(value));
  const shown = tables.map(({ name, rows }, index) => {
    const wanted = index === 0 ? columns?.split(" ") : undefined;
    const table = [presentTable(rows, wanted, width), ...presentInner(rows, width)].join("\n\n");
    return others.length === 0 && index === 0 ? table : `${wordsOf(name)}\n${table}`;
  });
  return [...(others.length === 0 ? [] : [presentLines(others, width)]), ...shown].join("\n\n");
}

/** Lists inside of the rows, each under what its row begins with. */
function presentInner(rows: readonly Row[], width: number): readonly string[] {
  return rows.flatMap((row) => {
    const [head] = Object.values(row).map(textOf);
    return Object.entries(row).flatMap(([name, value]) => {
      if (isDrawn(value)) return [`${wordsOf(name)} of ${head}\n${value.split("\n").map(plain).join("\n")}`];
      if (!isTable(value) || value.some(isRule)) return [];
      return [`${wordsOf(name)} of ${head}\n${presentTable(value, undefined, width)}`];
    });
  });
}

/** Text of several lines. */
function isDrawn(value: unknown): value is string {
  return typeof value === "string" && value.includes("\n");
}

function isTable(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => recordSchema.safeParse(one).success);
}

function presentLines(entries: readonly (readonly [string, unknown])[], width: number): string {
  const flat = entries.flatMap(([name, value]) => flatten(name, value));
  const wide = Math.max(0, ...flat.map(([name]) => name.length));
  return flat.map(([name, value]) => `${name.padEnd(wide)}  ${cut(value, Math.max(width - wide - 2, 20))}`).join("\n");
}

function flatten(name: string, value: unknown): (readonly [string, string])[] {
  const read = recordSchema.safeParse(value);
  if (!read.success || Array.isArray(value)) return [[wordsOf(name), textOf(value)]];
  return Object.entries(read.data).flatMap(([inner, one]) => flatten(`${name}.${inner}`, one));
}

/** Columns stand two spaces apart; the widest one gives way until the table fits. */
export function presentTable(rows: readonly Row[], wanted: readonly string[] | undefined, width: number): string {
  const { columns, widths } = fit(rows, wanted ?? plainColumns(rows), width);
  const cells = rows.map((row) => columns.map((column) => cellOf(at(row, column))));
  const heads = columns.map(headOf);
  for (let over = total(widths) - width; over > 0 && Math.max(...widths) > 6; over -= 1) {
    // Ids are of no use when they are cut, so the other columns give way first.
    const isLoose = widths.map((_, index) => !cells.some((row) => /^[a-z]{3}_/.test(row[index] ?? "")));
    const loose = widths.map((wide, index) => (isLoose[index] && wide > 6 ? wide : 0));
    const widest = Math.max(...loose) > 0 ? loose.indexOf(Math.max(...loose)) : widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const isNumber = columns.map((_, index) => cells.every((row) => /^-?[\d.,]*$/.test(row[index] ?? "")));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const wide = widths[index] ?? 0;
        const text = cut(cell, wide);
        const rest = " ".repeat(Math.max(wide - lengthOf(text), 0));
        return isNumber[index] ? rest + text : text + rest;
      })
      .join("  ")
      .trimEnd();
  return [heads, ...cells].map(line).join("\n");
}

/** The columns that the width takes: those with a `?` go, the last one first, until it does. */
function fit(rows: readonly Row[], wanted: readonly string[], width: number) {
  let columns = [...wanted];
  for (;;) {
    const names = columns.map((column) => column.replace("?", ""));
    const widths = names.map((name) =>
      Math.max(lengthOf(headOf(name)), ...rows.map((row) => lengthOf(cellOf(at(row, name))))),
    );
    const spare = columns.findLastIndex((column) => column.endsWith("?"));
    if (total(widths) <= width || spare < 0) return { columns: names, widths };
    columns = columns.filter((_, index) => index !== spare);
  }
}

/** What is one value in each row; all but the first three may go. */
function plainColumns(rows: readonly Row[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    rows.every(
      (row) => !isDrawn(row[name]) && (typeof row[name] !== "object" || row[name] === null || isList(row[name])),
    ),
  );
  return names.map((name, index) => (index < 3 ? name : `${name}?`));
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && (!isTable(value) || value.every(isRule));
}

function headOf(column: string): string {
  return wordsOf(column.split(".").at(-1) ?? column).toUpperCase();
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, wide) => sum + wide + 2, -2);
}

function at(row: Row, column: string): unknown {
  return column.split(".").reduce<unknown>((value, name) => recordSchema.safeParse(value).data?.[name], row);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "string") return isMoment(value) ? `${value.slice(0, 19)}Z` : plain(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "-" : value.map(shortOf).join(", ");
  return typeof value === "number" ? String(value) : plain(JSON.stringify(value));
}

/** In a table a moment of this year is month, day, hour and minute. */
function cellOf(value: unknown): string {
  if (typeof value !== "string" || !isMoment(value)) return textOf(value);
  const isThisYear = value.startsWith(String(new Date().getUTCFullYear()));
  return value.slice(isThisYear ? 5 : 0, 16).replace("T", " ");
}

const ruleSchema = z.union([
  z.strictObject({ product: z.string(), basis_points: z.number() }),
  z.strictObject({ product: z.string(), fixed: z.string() }),
]);

function isRule(value: unknown): boolean {
  return ruleSchema.safeParse(value).success;
}

function shortOf(value: unknown): string {
  const rule = ruleSchema.safeParse(value);
  if (!rule.success) return textOf(value);
  return plain(
    "fixed" in rule.data
      ? `${rule.data.product}=${rule.data.fixed}`
      : `${rule.data.product}=${rule.data.basis_points / 100}%`,
  );
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text);
}

/** What a partner named itself must not move the cursor of a terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\uFFFD");
}

function wordsOf(name: string): string {
  return plain(name.replaceAll("_", " "));
}

function lengthOf(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].length;
}

function cut(text: string, wide: number): string {
  if (lengthOf(text) <= wide) return text;
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  return `${graphemes
    .slice(0, Math.max(wide - 1, 0))
    .map(({ segment }) => segment)
    .join("")}…`;
}
