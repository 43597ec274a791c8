// The rows of provider statements: mappings, imports, their words, and which row is bound to which attempt.
import { z } from "zod";
import type { LedgerDatabase, SqlRow, Statement } from "./client.ts";

export interface StoredMapping {
  readonly version: number;
  /** JSON. */
  readonly mapping: string;
  readonly changedAt: number;
  readonly changedBy: string;
}

export interface StoredStatement {
  readonly id: string;
  readonly provider: string;
  readonly fileHash: string;
  readonly mappingVersion: number;
  readonly state: "planned" | "applying" | "applied";
  /** JSON. */
  readonly summary: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly appliedAt: number | null;
  readonly appliedBy: string | null;
  readonly taken: number | null;
  readonly outdated: number | null;
}

/** A word as it is stored; `data` is JSON that the writer understands. */
export interface StoredWord {
  readonly account: number;
  readonly attempt: number;
  readonly identity: string | null;
  readonly data: string;
}

export interface StoredBinding {
  readonly identity: string;
  readonly account: number;
  readonly attempt: number;
}

const mappingColumns = "version, mapping, changed_at as changedAt, changed_by as changedBy";
const mappingRow = z.object({ version: z.int(), mapping: z.string(), changedAt: z.int(), changedBy: z.string() });

const statementColumns = `id, provider, file_hash as fileHash, mapping_version as mappingVersion, state, summary,
  created_at as createdAt, created_by as createdBy, applied_at as appliedAt, applied_by as appliedBy, taken, outdated`;
const statementRow = z.object({
  id: z.string(),
  provider: z.string(),
  fileHash: z.string(),
  mappingVersion: z.int(),
  state: z.enum(["planned", "applying", "applied"]),
  summary: z.string(),
  createdAt: z.int(),
  createdBy: z.string(),
  appliedAt: z.int().nullable(),
  appliedBy: z.string().nullable(),
  taken: z.int().nullable(),
  outdated: z.int().nullable(),
});
const wordRow = z.object({ account: z.int(), attempt: z.int(), identity: z.string().nullable(), data: z.string() });
const bindingRow = z.object({ identity: z.string(), account: z.int(), attempt: z.int() });

/** In one JSON argument: far below D1's limit of 2 MB. */
const chunkSize = 1_000;

function chunksOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / chunkSize);
  return Array.from({ length: count }, (_, index) => items.slice(index * chunkSize, (index + 1) * chunkSize));
}

export async function readMapping(database: LedgerDatabase, provider: string): Promise<StoredMapping | null> {
  const sql = `select ${mappingColumns} from statement_mappings where provider = ?1`;
  const [row] = await database.all(sql, [provider]);
  return row === undefined ? null : mappingRow.parse(row);
}

/** Counts the version up where the mapping differs, and changes nothing where it is the same. */
export function writeMapping(provider: string, mapping: string, by: { staff: string; at: number }): Statement {
  return {
    sql: `insert into statement_mappings (provider, version, mapping, changed_at, changed_by) values (?1, 1, ?2, ?3, ?4)
      on conflict (provider) do update set version = version + 1, mapping = excluded.mapping,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by where mapping <> excluded.mapping`,
    args: [provider, mapping, by.at, by.staff],
  };
}

/** The statements that keep a dry run. The same dry run again changes nothing. */
export function insertPlanned(
  statement: Omit<StoredStatement, "state" | "appliedAt" | "appliedBy" | "taken" | "outdated">,
  words: readonly StoredWord[],
): readonly Statement[] {
  const numbered = words.map((word, ordinal) => ({ ...word, ordinal }));
  return [
    {
      sql: `insert into provider_statements (id, provider, file_hash, mapping_version, state, summary, created_at, created_by)
        values (?1, ?2, ?3, ?4, 'planned', ?5, ?6, ?7) on conflict do nothing`,
      args: [
        statement.id,
        statement.provider,
        statement.fileHash,
        statement.mappingVersion,
        statement.summary,
        statement.createdAt,
        statement.createdBy,
      ],
    },
    ...chunksOf(numbered).map((chunk) => ({
      sql: `insert into statement_words (statement, ordinal, account, attempt, identity, data)
        select ?1, value ->> 'ordinal', value ->> 'account', value ->> 'attempt', value ->> 'identity', value ->> 'data'
        from json_each(?2) where true on conflict do nothing`,
      args: [statement.id, JSON.stringify(chunk)],
    })),
  ];
}

export async function findStatement(
  database: LedgerDatabase,
  provider: string,
  id: string,
): Promise<StoredStatement | null> {
  const sql = `select ${statementColumns} from provider_statements where id = ?1 and provider = ?2`;
  const [row] = await database.all(sql, [id, provider]);
  return row === undefined ? null : statementRow.parse(row);
}

/** The latest first. */
export async function listStatements(
  database: LedgerDatabase,
  provider: string,
  limit: number,
): Promise<readonly StoredStatement[]> {
  const sql = `select ${statementColumns} from provider_statements where provider = ?1
    order by created_at desc, id limit ?2`;
  return parseAll(statementRow, await database.all(sql, [provider, limit]));
}

export async function readWords(database: LedgerDatabase, statement: string): Promise<readonly StoredWord[]> {
  const sql = "select account, attempt, identity, data from statement_words where statement = ?1 order by ordinal";
  return parseAll(wordRow, await database.all(sql, [statement]));
}

/** What earlier statements have bound these rows to. */
export async function readBindings(
  database: LedgerDatabase,
  provider: string,
  identities: readonly string[],
): Promise<readonly StoredBinding[]> {
  const sql = `select identity, account, attempt from statement_rows
    where provider = ?1 and identity in (select value from json_each(?2))`;
  const found: SqlRow[] = [];
  // oxlint-disable-next-line no-await-in-loop -- the database takes one query at a time
  for (const chunk of chunksOf(identities)) found.push(...(await database.all(sql, [provider, JSON.stringify(chunk)])));
  return parseAll(bindingRow, found);
}

/**
 * The statements that begin to apply an import: its rows are bound to their attempts. All of it fails where a row is bound
 * to another attempt; repeated, it changes nothing.
 */
export function beginApplying(statement: StoredStatement, by: { staff: string; at: number }): readonly Statement[] {
  return [
    {
      sql: `insert into statement_rows (provider, identity, account, attempt, statement, bound_at)
        select ?2, identity, account, attempt, statement, ?3 from statement_words
        where statement = ?1 and identity is not null
        on conflict (provider, identity) do update set account = excluded.account, attempt = excluded.attempt`,
      args: [statement.id, statement.provider, by.at],
    },
    {
      sql: `update provider_statements set state = 'applying', applied_at = ?2, applied_by = ?3
        where id = ?1 and state = 'planned'`,
      args: [statement.id, by.at, by.staff],
    },
  ];
}

/** The statements that end it; rows of accounts that took nothing are free again. */
export function endApplying(
  id: string,
  counts: { readonly taken: number; readonly outdated: number },
  refusedBy: readonly number[],
): readonly Statement[] {
  return [
    {
      sql: `delete from statement_rows where statement = ?1 and account in (select value from json_each(?2))`,
      args: [id, JSON.stringify(refusedBy)],
    },
    {
      sql: `update provider_statements set state = 'applied', taken = ?2, outdated = ?3 where id = ?1 and state = 'applying'`,
      args: [id, counts.taken, counts.outdated],
    },
  ];
}

function parseAll<Row>(schema: z.ZodType<Row>, rows: readonly SqlRow[]): readonly Row[] {
  return z.array(schema).parse(rows);
}
