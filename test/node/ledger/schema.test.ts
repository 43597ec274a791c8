// The migrations make the tables that the schema describes, also when they go through D1's own splitter.
import { readdirSync, readFileSync } from "node:fs";
import { getTableColumns } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { unstable_splitSqlQuery } from "wrangler";
import * as schema from "../../../src/ledger/schema.ts";

const migrations = readdirSync("migrations")
  .filter((name) => name.endsWith(".sql"))
  .toSorted()
  .map((name) => readFileSync(`migrations/${name}`, "utf8"));

const database = new Database(":memory:");
for (const migration of migrations) for (const statement of unstable_splitSqlQuery(migration)) database.exec(statement);

describe.each(Object.values(schema).map((table) => [getTableConfig(table).name, table] as const))(
  "table %s",
  (name, table) => {
    test("has the columns of the schema", () => {
      const described = Object.values(getTableColumns(table)).map((column) => [
        column.name,
        column.getSQLType().toUpperCase(),
      ]);
      const made = database.prepare(`SELECT name, upper(type) FROM pragma_table_info('${name}')`).raw().all();
      expect(made).toEqual(described);
    });

    test("has the indexes of the schema", () => {
      const described = getTableConfig(table).indexes.map(({ config }) => config.name);
      const sql = `SELECT name FROM pragma_index_list('${name}') WHERE origin = 'c' AND name NOT LIKE '%_unique' ORDER BY seq DESC`;
      expect(database.prepare(sql).raw().all().flat()).toEqual(described);
    });

    test("is strict", () => {
      expect(database.prepare(`SELECT strict FROM pragma_table_list('${name}')`).raw().all()).toEqual([[1]]);
    });
  },
);

test("keys without a rowid wherever a row is written often", () => {
  const names = database.prepare(
    "SELECT name FROM pragma_table_list WHERE wr = 0 AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  expect(names.raw().all().flat()).toEqual(["audit", "partners"]);
});
