// From the text of a partner's file to its rows: those that can be read, and of the others every cell that cannot.
import { createHash } from "node:crypto";
import Papa from "papaparse";
import { type Minor, parseAmount } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { foldDigits } from "../catalog/digits.ts";
import { fieldNames } from "../catalog/product.ts";
import type { FileRow, RowProblem } from "./bulk.ts";

export const rowsAtMost = 10_000;
const required = ["product", "number", "amount"] as const;
const optional = ["agent_id", "currency", "max_cost", "geocode"] as const;
const headings: ReadonlySet<string> = new Set([...required, ...optional, ...fieldNames]);

export interface BulkFile {
  /** 64 hex digits of what the file says: the same under other line ends, quotes or separators. */
  readonly hash: string;
  readonly rows: readonly FileRow[];
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a file. Refuses it as a whole only where its rows cannot be told apart: no CSV, wrong headings, no row or too many.
 * `name` is part of what the file is, so that the same content can be meant twice.
 */
export function readBulkFile(text: string, name: string): Result<BulkFile, Refusal> {
  const lines = splitLines(text);
  if (!lines.ok) return lines;
  const [first, ...rest] = lines.value;
  if (first === undefined) return refuse(wrongFile(1, "the file is empty"));
  const columns = first.cells.map((cell) => cell.trim().toLowerCase());
  const wrong = wrongHeadings(columns);
  if (wrong !== null) return refuse(wrongFile(first.line, wrong));
  if (rest.length === 0) return refuse(wrongFile(first.line, "no row follows the headings"));
  const tooMany = rest[rowsAtMost];
  if (tooMany !== undefined) return refuse(wrongFile(tooMany.line, `a file has at most ${rowsAtMost} rows`));
  const said = JSON.stringify([name, columns, rest.map(({ cells }) => cells)]);
  const hash = createHash("sha256").update(said, "utf8").digest("hex");
  return ok({ hash, rows: sameAgentIds(rest.map((line) => readRow(line, columns, hash))) });
}

/** The agent id of a row whose file names none. */
export function agentIdOf(hash: string, line: number): string {
  return `bulk-${hash.slice(0, 24)}-${line}`;
}

function wrongFile(line: number, reason: string): Refusal {
  return refusal("parameter", `The file cannot be read: ${reason}.`, {
    problems: [{ pointer: `/line/${line}`, reason }],
  });
}

/** A cell may hold line ends, so lines are counted and not rows. Lines without any text are passed over. */
function splitLines(text: string): Result<readonly Line[], Refusal> {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { delimitersToGuess: [",", ";", "\t"] });
  let next = 1;
  const lines = parsed.data.map((cells): Line => {
    const line = next;
    next += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return { line, cells };
  });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken !== undefined)
    return refuse(wrongFile(lines[broken.row ?? 0]?.line ?? 1, `is not CSV: ${broken.message}`));
  return ok(lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")));
}

/** What is wrong with the headings, in words; null where nothing is. */
function wrongHeadings(columns: readonly string[]): string | null {
  const unknown = columns.find((column) => !headings.has(column));
  if (unknown !== undefined) return `"${unknown.slice(0, 40)}" is not a heading; known are ${[...headings].join(", ")}`;
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) return `the heading ${twice} stands there twice`;
  const missing = required.find((column) => !columns.includes(column));
  return missing === undefined ? null : `the heading ${missing} is missing`;
}

function readRow({ line, cells }: Line, columns: readonly string[], hash: string): FileRow {
  const at = (column: string): string => (cells[columns.indexOf(column)] ?? "").trim();
  const problems: RowProblem[] = [];
  const wrong = (column: string | null, reason: string): void => {
    problems.push({ column, code: "parameter", reason });
  };
  if (cells.slice(columns.length).some((cell) => cell.trim() !== "")) wrong(null, "has more cells than headings");
  const agentId = columns.includes("agent_id") ? at("agent_id") : agentIdOf(hash, line);
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(agentId)) wrong("agent_id", "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
  for (const column of ["product", "number"] as const)
    if (!/^.{1,64}$/su.test(at(column))) wrong(column, "must be text of 1 to 64 characters");
  const currency = at("currency");
  if (!/^([A-Z]{3})?$/.test(currency)) wrong("currency", "must be a code of three letters such as INR");
  const geocode = at("geocode");
  if (!/^(-?\d{1,2}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?)?$/.test(geocode))
    wrong("geocode", 'must be latitude and longitude, such as "19.07,72.87"');
  const amount = amountIn("amount", at("amount"), wrong);
  const maxCost = at("max_cost") === "" ? null : amountIn("max_cost", at("max_cost"), wrong);
  const fields: Record<string, string> = {};
  for (const name of fieldNames) {
    const value = at(name);
    if (value.length > 64) wrong(name, "must be text of at most 64 characters");
    if (value !== "") fields[name] = value;
  }
  const [product, number] = [at("product"), at("number")];
  const said = { line, agentId: agentId.slice(0, 64), product: product.slice(0, 64), number: number.slice(0, 64) };
  const row = { ...said, amount: at("amount").slice(0, 64), problems };
  if (problems.length > 0 || amount === null) return { ...row, order: null };
  const words = { currency: currency === "" ? null : currency, geocode: geocode === "" ? null : geocode };
  return { ...row, order: { agentId, product, number, amount, fields, ...words, repeatOf: null, maxCost } };
}

function amountIn(column: string, text: string, wrong: (column: string, reason: string) => void): Minor | null {
  const amount = parseAmount(foldDigits(text));
  if (amount === null) wrong(column, 'must be an amount such as "20.00": up to nine digits, up to two decimals');
  return amount;
}

/** A reference names one recharge: the rows that use one again are bad. */
function sameAgentIds(rows: readonly FileRow[]): readonly FileRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const earlier = first.get(row.agentId);
    if (earlier === undefined) first.set(row.agentId, row.line);
    if (earlier === undefined || row.order === null) return row;
    const reason = `has the agent_id of line ${earlier}`;
    return { ...row, order: null, problems: [{ column: "agent_id", code: "agent_id_conflict", reason } as const] };
  });
}
