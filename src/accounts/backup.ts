// A copy of an account's tables as lines of JSON, taken in one turn, and its return into an object that is empty.
import type { Copied, Returned } from "./account.ts";
import type { AccountContext } from "./context.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import { floorAbove, lastCounter, noteFloor, noteGoneBack } from "./gone-back.ts";
import { accountSchemaSteps } from "./tables.ts";

/** An object has 128 MB of memory, and an answer over RPC at most 32 MiB; what is larger is restored by the platform's point-in-time recovery. */
const copyAtMost = 8 * 1_024 * 1_024;
interface Head {
  readonly kind: "account";
  readonly account: number;
  readonly schema: number;
  readonly event: number;
}

type Cell = string | number | null;

/** One line of the account, one for each row, one with their number at the end. Consistent: nothing else runs meanwhile. */
export function copyAccount(sql: SqlStorage, { book }: Pick<AccountContext, "book">): Copied {
  const profile = book.readProfile();
  if (profile === null) return { kind: "empty" };
  const { account } = profile;
  const { event } = sql.exec<{ event: number }>("select coalesce(max(number), 0) as event from events").one();
  const head: Head = { kind: "account", account, schema: accountSchemaSteps.length, event };
  const lines = [JSON.stringify(head)];
  let size = 0;
  for (const table of tablesOf(sql))
    for (const row of sql.exec<Record<string, Cell>>(`select * from "${table}"`).toArray()) {
      const line = JSON.stringify({ kind: "row", table, row });
      size += line.length + 1;
      if (size > copyAtMost) return { kind: "too_large" };
      lines.push(line);
    }
  lines.push(JSON.stringify({ kind: "end", rows: lines.length - 1 }));
  return { kind: "copied", text: `${lines.join("\n")}\n` };
}

/**
 * Puts a copy back, all of it or nothing. The ledger is asked first: an account that comes back behind it is held from its
 * first moment. Whoever waits for the ledger meanwhile goes on with the rows that are there then.
 */
export async function returnAccount(
  sql: SqlStorage,
  account: Pick<AccountContext, "services" | "shipping" | "atomically" | "forget">,
  { profile, text }: { readonly profile: AccountProfile; readonly text: string },
): Promise<Returned> {
  const { clock, ledger } = account.services;
  const ledgerEvent = await ledger.readWatermark(profile.account);
  const tables = tablesOf(sql);
  const isUsed = (table: string) => sql.exec(`select 1 from "${table}" limit 1`).toArray().length > 0;
  // A profile alone was told to the empty object by the scheduled run.
  if (["recharges", "attempts", "movements"].some(isUsed)) return { kind: "occupied" };
  const copy = readCopy(text, new Set(tables));
  if (copy === null || copy.head.account !== profile.account) return { kind: "unreadable" };
  const { event } = copy.head;
  const isGoneBack = ledgerEvent > event;
  account.atomically(() => {
    for (const table of tables) if (table !== "outbox") sql.exec(`delete from "${table}"`);
    sql.exec("update outbox set shipped = 0");
    // The ledger says itself what it has.
    for (const { table, row } of copy.rows) if (table !== "outbox" && table !== "restored") insertRow(sql, table, row);
    sql.exec("update profile set version = ?1, data = ?2 where version < ?1", profile.version, JSON.stringify(profile));
    noteFloor(sql, floorAbove(lastCounter(sql), clock.now()), clock.now());
    if (isGoneBack) noteGoneBack(sql, ledgerEvent, clock.now());
  });
  account.forget();
  account.shipping.isAgreed = false;
  return { kind: "returned", event, rows: copy.rows.length, isGoneBack };
}

function insertRow(sql: SqlStorage, table: string, row: Readonly<Record<string, Cell>>): void {
  const columns = Object.keys(row);
  const names = columns.map((name) => `"${name}"`).join(", ");
  sql.exec(`insert into "${table}" (${names}) values (${columns.map(() => "?").join(", ")})`, ...Object.values(row));
}

/** All tables of ours but the one that tells their version. */
function tablesOf(sql: SqlStorage): readonly string[] {
  return sql
    .exec<{ name: string }>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~'
         and name not like '~_cf~_%' escape '~' and name <> 'schema_version' order by name`,
    )
    .toArray()
    .map(({ name }) => name);
}

interface Copy {
  readonly head: Head;
  readonly rows: readonly { readonly table: string; readonly row: Readonly<Record<string, Cell>> }[];
}

/** Null: cut short, of another version, or with a table or column name that is none of ours. */
function readCopy(text: string, tables: ReadonlySet<string>): Copy | null {
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map(parseLine);
  const [head, ...rows] = lines;
  const end = rows.pop();
  if (head?.["kind"] !== "account" || end?.["kind"] !== "end" || end["rows"] !== rows.length) return null;
  if (head["schema"] !== accountSchemaSteps.length) return null;
  const isOurs = rows.every(
    (line) => line?.["kind"] === "row" && tables.has(String(line["table"])) && hasCells(line["row"]),
  );
  return isOurs ? asCopy(head, rows) : null;
}

function parseLine(line: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === "object" && read !== null ? { ...read } : null;
  } catch {
    return null;
  }
}

function hasCells(row: unknown): boolean {
  if (typeof row !== "object" || row === null) return false;
  return Object.entries(row).every(
    ([name, cell]) => /^[a-z_]+$/.test(name) && (cell === null || typeof cell === "string" || typeof cell === "number"),
  );
}

// Its shape was checked line by line.
function asCopy(head: object, rows: readonly (object | null)[]): Copy {
  return { head: head as Head, rows: rows as Copy["rows"] };
}
