// What `docs/deploy.md` tells people to use: the live installation's file, and moving the ledger to libSQL.
import { createClient } from "@libsql/client/web";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { loadLibsql, migrateLibsql } from "../../../scripts/libsql-ledger.ts";
import { readSettings } from "../../../src/config.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";
import { startHranaServer } from "../../support/hrana-server.mjs";

const page = readFileSync("docs/deploy.md", "utf8");

describe("the live installation's file", () => {
  const [local, live] = ["wrangler.toml", "wrangler.live.toml"].map((config) =>
    readConfig({ config }, { hideWarnings: true }),
  );

  it.each([
    "main",
    "compatibility_date",
    "compatibility_flags",
    "alias",
    "keep_names",
    "d1_databases",
    "durable_objects",
    "migrations",
    "queues",
    "triggers",
    "assets",
    "observability",
  ] as const)("has the %s of the local one", (part) => {
    expect(live?.[part]).toEqual(local?.[part]);
    expect(live?.[part]).toBeDefined();
  });

  it("has settings that a live installation starts with, once the secrets that the page lists are there", () => {
    const secrets = {
      HASH_SECRET: "x".repeat(64),
      BOOTSTRAP_STAFF_TOKEN: "x".repeat(32),
      PROVIDER_SECRETS: '{"backnpay-1":{"userid":"u","pass":"p"}}',
    };
    const vars = { ...live?.vars, ...secrets };
    expect(readSettings(vars)).toMatchObject({ INSTALLATION: "live", OWN_HOSTS: ["gateway.example.com"] });
    expect(readProviderSettings(vars)).toMatchObject([{ id: "backnpay-1", mode: "live" }]);
    for (const name of Object.keys(secrets)) {
      expect([name, page.includes(name)]).toEqual([name, true]);
      expect(Object.keys(live?.vars ?? {})).not.toContain(name);
    }
  });

  it("has its ledger on libSQL over HTTP, and over nothing else", () => {
    const settings = { ...live?.vars, HASH_SECRET: "x".repeat(32), LEDGER: "libsql" };
    for (const LIBSQL_URL of ["https://book.example.com", "http://127.0.0.1:8080", "libsql://book.example.com"])
      expect(readSettings({ ...settings, LIBSQL_URL }).LIBSQL_URL).toBe(LIBSQL_URL);
    for (const LIBSQL_URL of ["wss://book.example.com", "file:book.db", "book"])
      expect(() => readSettings({ ...settings, LIBSQL_URL })).toThrow("wrong settings: LIBSQL_URL: ");
  });

  it("answers under its own host only, and serves no file without the Worker", () => {
    expect(live).toMatchObject({ workers_dev: false, preview_urls: false, assets: { run_worker_first: true } });
  });
});

it("the page names no file of ours that is not there", () => {
  const files = [...page.matchAll(/\b((?:scripts|docs|migrations|src)\/[\w./-]+|wrangler\.live\.toml)/g)].map(
    ([file]) => file,
  );
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

describe("a ledger on libSQL", () => {
  let server: Awaited<ReturnType<typeof startHranaServer>>;
  beforeAll(async () => {
    server = await startHranaServer();
  });
  afterAll(() => server.close());

  it("takes what D1 exported into an empty database and nowhere else, then the migrations that are missing, once", async () => {
    const files = readdirSync("migrations")
      .filter((file) => file.endsWith(".sql"))
      .toSorted();
    expect(await loadLibsql(server, dumpAfter(files.slice(0, 1)))).toBeGreaterThan(5);
    expect(await migrateLibsql(server)).toEqual(files.slice(1));
    expect(await migrateLibsql(server)).toEqual([]);
    const client = createClient({ url: server.url });
    const { rows } = await client.execute("select name from partners where account = 7");
    expect(rows[0]?.["name"]).toBe("O'Shop; তহবিল");
    await expect(loadLibsql(server, dumpAfter(files))).rejects.toThrow("the database is not empty");
  });
});

/** As `wrangler d1 export` writes it: settings, tables with their rows, then indexes and triggers. */
function dumpAfter(files: readonly string[]): string {
  const made = files.map((file) =>
    readFileSync(`migrations/${file}`, "utf8").replaceAll("--> statement-breakpoint", ""),
  );
  const rows = files.map(
    (file, at) => `INSERT INTO "d1_migrations" VALUES(${at + 1},'${file}','2026-11-01 00:00:00');`,
  );
  const partner = `INSERT INTO "partners" VALUES(7,'sandbox','O''Shop; তহবিল','active','[]','{"version":1,"rules":[]}','[]',1,1);`;
  return [
    "PRAGMA defer_foreign_keys=TRUE;",
    "CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);",
    ...rows,
    ...made,
    partner,
  ].join("\n");
}
