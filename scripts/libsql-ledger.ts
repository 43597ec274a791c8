// A ledger on libSQL: loads what `wrangler d1 export` wrote into an empty one, and applies the migrations that are missing.
import { readdirSync, readFileSync } from "node:fs";
import { createClient } from "@libsql/client/web";
import { unstable_splitSqlQuery as splitSql } from "wrangler";

export interface LibsqlServer {
  readonly url: string;
  readonly token?: string;
}

const migrations = "migrations";
/** Statements of one request; servers bound its size. */
const atOnce = 500;
const table =
  "create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)";

/** Applies each missing file in one transaction with the row that says so, in the table that wrangler uses; returns their names. */
export async function migrateLibsql({ url, token }: LibsqlServer): Promise<readonly string[]> {
  const client = createClient({ url, ...(token === undefined ? {} : { authToken: token }) });
  await client.execute(table);
  const { rows } = await client.execute("select name from d1_migrations");
  const applied = new Set(rows.map((row) => row["name"]));
  const missing = readdirSync(migrations)
    .filter((file) => file.endsWith(".sql") && !applied.has(file))
    .toSorted();
  for (const name of missing) {
    const noted = { sql: "insert into d1_migrations (name) values (?)", args: [name] };
    // oxlint-disable-next-line no-await-in-loop -- each one builds on those before it
    await client.batch([...splitSql(readFileSync(`${migrations}/${name}`, "utf8")), noted], "write");
  }
  return missing;
}

/** Loads a dump into a database without tables; refuses one that has any. Returns how many statements ran. */
export async function loadLibsql({ url, token }: LibsqlServer, dump: string): Promise<number> {
  const client = createClient({ url, ...(token === undefined ? {} : { authToken: token }) });
  const { rows } = await client.execute(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
  );
  if (rows.length > 0) throw new Error(`the database is not empty: it has ${rows.length} tables`);
  const statements = splitSql(dump).filter((sql) => !/^\s*(pragma|begin|commit)\b/i.test(sql));
  for (let from = 0; from < statements.length; from += atOnce)
    // oxlint-disable-next-line no-await-in-loop -- in the order of the dump
    await client.batch(statements.slice(from, from + atOnce), "write");
  return statements.length;
}

/** `LIBSQL_URL=… LIBSQL_TOKEN=… node scripts/libsql-ledger.ts migrate`, or `load ledger.sql`. */
async function run(): Promise<void> {
  const [verb, file] = process.argv.slice(2);
  const { LIBSQL_URL: url, LIBSQL_TOKEN: token } = process.env;
  if (url === undefined) throw new Error("LIBSQL_URL is missing");
  const server = { url, ...(token === undefined ? {} : { token }) };
  if (verb === "load" && file !== undefined)
    console.log(`${await loadLibsql(server, readFileSync(file, "utf8"))} statements`);
  else if (verb === "migrate") console.log((await migrateLibsql(server)).join("\n") || "nothing is missing");
  else throw new Error("say migrate, or load and the file");
}

if (process.argv[1]?.endsWith("libsql-ledger.ts")) await run();
