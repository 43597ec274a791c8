// From the text of a provider's statement to its rows, each with an identity; or every line that cannot be read, with the reason.
import { createHash } from "node:crypto";
import Papa from "papaparse";
import { type Minor, minor } from "../../base/money.ts";
import type { ParameterProblem } from "../../base/refusal.ts";
import { ok, type Result, refuse } from "../../base/result.ts";
import { readDecimal, readNumber } from "./cells.ts";
import { labelOf, plain, rowWords, type StatementMapping } from "./mapping.ts";
import type { StatementRow } from "./statement-row.ts";
import { readSummary, type StatementSummary } from "./summary.ts";
import { timeReader } from "./time.ts";

export interface StatementFile {
  readonly rows: readonly StatementRow[];
  readonly summary: StatementSummary | null;
}

type Column = keyof StatementMapping["columns"];
type Cells = Readonly<Partial<Record<Column, string>>>;
type Draft = Omit<StatementRow, "identity"> & { readonly cells: Cells };

const problemsAtMost = 100;
/** A row dated later than this after now was read with the wrong form or zone. */
const clockDifferenceMs = 10 * 60_000;

/**
 * Reads a file. Refuses it as a whole, with a problem for each line that cannot be read (the first hundred): a statement
 * that was read in part proves nothing. `now` is epoch ms.
 */
export function readStatementFile(
  text: string,
  mapping: StatementMapping,
  now: number,
): Result<StatementFile, readonly ParameterProblem[]> {
  const lines = splitLines(text, mapping.delimiter);
  if (!lines.ok) return lines;
  const table = findTable(lines.value, mapping);
  if (!table.ok) return table;
  const read = rowReader(mapping, now);
  const problems: ParameterProblem[] = [];
  const drafts: Draft[] = [];
  for (const { line, cells } of table.value) {
    const draft = read(line, cells);
    if (typeof draft === "string") problems.push(problemAt(line, draft));
    else drafts.push(draft);
  }
  const summary = readSummary(lines.value, mapping);
  problems.push(...summary.problems, ...twoOrders(drafts));
  if (problems.length > 0) return refuse(problems.slice(0, problemsAtMost));
  return ok({ rows: identify(drafts), summary: summary.value });
}

export function problemAt(line: number, reason: string): ParameterProblem {
  return { pointer: `/line/${line}`, reason };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function splitLines(text: string, delimiter: string): Result<readonly Line[], readonly ParameterProblem[]> {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { delimiter });
  let next = 1;
  const lines = parsed.data.map((cells): Line => {
    const line = next;
    next += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return { line, cells };
  });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken !== undefined)
    return refuse([problemAt(lines[broken.row ?? 0]?.line ?? 1, `is not CSV: ${broken.message}`)]);
  return ok(lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")));
}

interface TableLine {
  readonly line: number;
  readonly cells: Cells;
}

/** The headings are the first line that has all mapped columns. */
function findTable(
  lines: readonly Line[],
  mapping: StatementMapping,
): Result<readonly TableLine[], readonly ParameterProblem[]> {
  const columns = Object.entries(mapping.columns) as [Column, string][]; // the keys of a parsed mapping
  const placesIn = ({ cells }: Line) =>
    columns.map(([column, heading]) => [column, cells.map(plain).indexOf(plain(heading))] as const);
  const at = lines.findIndex((line) => placesIn(line).every(([, place]) => place >= 0));
  const headings = lines[at];
  if (headings === undefined) {
    const wanted = columns.map(([, heading]) => heading).join(", ");
    return refuse([problemAt(1, `no line of the file has all the columns of the mapping: ${wanted}`)]);
  }
  const places = placesIn(headings);
  const isLabelled = ({ cells }: Line): boolean =>
    mapping.summary !== undefined && labelsOf(mapping.summary).includes(labelOf(cells[0] ?? ""));
  return ok(
    lines
      .slice(at + 1)
      .filter((line) => !isLabelled(line))
      .map(({ line, cells }) => ({
        line,
        cells: Object.fromEntries(places.map(([column, place]) => [column, (cells[place] ?? "").trim()])),
      })),
  );
}

function labelsOf({ from, to, opening, closing, made }: NonNullable<StatementMapping["summary"]>): readonly string[] {
  return [from, to, opening, closing, ...(made === undefined ? [] : [made])].map(labelOf);
}

/** Reads one line, or says what is wrong with it. */
function rowReader(mapping: StatementMapping, now: number): (line: number, cells: Cells) => Draft | string {
  const { columns } = mapping;
  const timeOf = timeReader(mapping.date, mapping.zone);
  const meanings = new Map(rowWords.flatMap((word) => mapping.words[word].map((text) => [plain(text), word] as const)));
  return (line, cells) => {
    const status = cells.status ?? "";
    const word = meanings.get(plain(status));
    if (word === undefined) return `${columns.status}: "${cut(status)}" has no meaning in the mapping`;
    const times = [cells.time ?? "", cells.changed ?? ""] as const;
    const time = timeOf(times[0]);
    if (time === null) return `${columns.time}: "${cut(times[0])}" is not a time of the form ${mapping.date}`;
    const changed = times[1] === "" ? time : timeOf(times[1]);
    if (changed === null)
      return `${columns.changed ?? ""}: "${cut(times[1])}" is not a time of the form ${mapping.date}`;
    if (Math.max(time.from, changed.from) > now + clockDifferenceMs) return "is dated in the future";
    const amounts = amountsIn(cells, mapping);
    if (typeof amounts === "string") return amounts;
    const { amount = null, debit = null, credit = null, balance: balanceAfter = null } = amounts;
    if (amount === null && word !== "other") return `${columns.amount}: is empty`;
    const saysMovement = debit !== null || credit !== null;
    return {
      line,
      cells,
      word,
      said: cut(status),
      time,
      speaksAt: changed.from,
      theirId: textOrNull(cells.id),
      reference: textOrNull(cells.reference),
      operatorReference: textOrNull(cells.operator),
      number: readNumber(cells.number ?? ""),
      amount,
      movement: saysMovement ? minor((credit ?? 0) - (debit ?? 0)) : null,
      balanceAfter,
    };
  };
}

type Amounts = Partial<Record<(typeof amountColumns)[number], Minor | null>>;
const amountColumns = ["amount", "debit", "credit", "balance"] as const;

/** Null where a cell is empty; a text says which one cannot be read. */
function amountsIn(cells: Cells, { columns, decimal }: StatementMapping): Amounts | string {
  const amounts: Amounts = {};
  for (const column of amountColumns) {
    const text = cells[column] ?? "";
    const value = readDecimal(text, decimal);
    if (value === null && text !== "") return `${columns[column] ?? column}: "${cut(text)}" is not an amount`;
    amounts[column] = value;
  }
  return amounts;
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text.slice(0, 128);
}

function cut(text: string): string {
  return text.slice(0, 60);
}

/** An id of theirs stands for one order: lines of the same id that name another number, amount or reference are wrong. */
function twoOrders(drafts: readonly Draft[]): readonly ParameterProblem[] {
  const first = new Map<string, Draft>();
  return drafts.flatMap((draft) => {
    if (draft.theirId === null || draft.word === "other") return [];
    const earlier = first.get(draft.theirId);
    if (earlier === undefined) {
      first.set(draft.theirId, draft);
      return [];
    }
    const differs = (["number", "amount", "reference"] as const).some(
      (part) => earlier[part] !== null && draft[part] !== null && earlier[part] !== draft[part],
    );
    return !differs ? [] : [problemAt(draft.line, `has the id of line ${earlier.line}, and is about another order`)];
  });
}

function identify(drafts: readonly Draft[]): readonly StatementRow[] {
  const seen = new Map<string, number>();
  return drafts.map(({ cells, ...row }) => {
    if (row.theirId !== null) return { ...row, identity: `id:${row.theirId}` };
    const hash = createHash("sha256").update(JSON.stringify(cells), "utf8").digest("hex").slice(0, 32);
    const ordinal = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, ordinal);
    return { ...row, identity: `row:${hash}:${ordinal}` };
  });
}
