// The accounts' own tables: fresh, from every earlier version, and newer than the code; and the rows that a recharge writes.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AttemptStore } from "../../src/accounts/attempt-store.ts";
import { accountSchemaSteps, migrateAccount } from "../../src/accounts/tables.ts";
import {
  accountOf,
  answerOf,
  executions,
  expectInvariants,
  newAccount,
  newOrder,
  request,
  until,
  useSimulator,
} from "../support/sandbox.ts";

beforeEach(useSimulator);

let objects = 0;

/** Runs on the storage of an account of its own whose tables are all gone. */
function onEmptyStorage<Value>(run: (storage: DurableObjectStorage) => Value): Promise<Value> {
  objects += 1;
  return runInDurableObject(env.ACCOUNT.getByName(`tables-${objects}`), async (_object, { storage }) => {
    await storage.deleteAll();
    return run(storage);
  });
}

function tablesIn({ sql }: DurableObjectStorage): unknown[] {
  return sql
    .exec("select type, name, sql from sqlite_master where name not like '\\_%' escape '\\' order by type, name")
    .toArray();
}

function versionIn({ sql }: DurableObjectStorage): number {
  return sql.exec<{ version: number }>("select version from schema_version").one().version;
}

describe("the tables of an account", () => {
  it("are made at the newest version, and once", async () => {
    await onEmptyStorage((storage) => {
      migrateAccount(storage);
      const fresh = tablesIn(storage);
      migrateAccount(storage);
      expect(tablesIn(storage)).toEqual(fresh);
      expect(versionIn(storage)).toBe(accountSchemaSteps.length);
    });
  });

  it.each(accountSchemaSteps.map((_, version) => [version]))("come from version %i to the newest", async (version) => {
    const fresh = await onEmptyStorage((storage) => {
      migrateAccount(storage);
      return tablesIn(storage);
    });
    await onEmptyStorage((storage) => {
      if (version > 0) migrateAccount(storage, accountSchemaSteps.slice(0, version));
      const kept = version > 0 ? [{ shipped: 7 }] : [{ shipped: 0 }];
      if (version > 0) storage.sql.exec("update outbox set shipped = 7");
      migrateAccount(storage);
      expect(versionIn(storage)).toBe(accountSchemaSteps.length);
      expect(tablesIn(storage)).toEqual(fresh);
      expect(storage.sql.exec("select shipped from outbox").toArray()).toEqual(kept);
    });
  });
});

describe("attempts that were open when the plan of an attempt had a table of its own", () => {
  it("are open with the same next step, and those that were closed are not", async () => {
    await onEmptyStorage((storage) => {
      migrateAccount(storage, accountSchemaSteps.slice(0, 5));
      for (const counter of [1, 2, 3])
        storage.sql.exec(
          `insert into attempts (counter, recharge, provider, state, started_at, start_by, lookups)
           values (?, ?, 'some-provider', 'in_doubt', 1, 2, 0)`,
          counter,
          counter + 10,
        );
      storage.sql.exec("insert into open_attempts (attempt, recharge, due_at) values (1, 11, 500), (3, 13, null)");
      migrateAccount(storage);
      const attempts = new AttemptStore(storage.sql);
      expect(attempts.readOpen()).toEqual([
        { attempt: 3, recharge: 13, dueAt: null },
        { attempt: 1, recharge: 11, dueAt: 500 },
      ]);
      expect(attempts.firstDueAt()).toBe(500);
    });
  });
});

describe("steps of tables", () => {
  const steps = [
    ["create table notes (id integer primary key, text text not null)", "insert into notes values (1, 'kept')"],
    ["alter table notes add column read_at integer not null default 5"],
    ["create index notes_read_at on notes (read_at)", "update notes set read_at = read_at + 1"],
  ];

  it.each([[0], [1], [2], [3]])("are taken once each, from version %i", async (version) => {
    await onEmptyStorage((storage) => {
      migrateAccount(storage, steps.slice(0, version));
      migrateAccount(storage, steps);
      migrateAccount(storage, steps);
      expect(storage.sql.exec("select * from notes").toArray()).toEqual([{ id: 1, text: "kept", read_at: 6 }]);
      expect(versionIn(storage)).toBe(3);
    });
  });

  it("leave everything as it was when one fails", async () => {
    await onEmptyStorage((storage) => {
      migrateAccount(storage, steps.slice(0, 1));
      const before = tablesIn(storage);
      expect(() => migrateAccount(storage, [...steps.slice(0, 2), ["insert into nowhere values (1)"]])).toThrow(
        "nowhere",
      );
      expect(tablesIn(storage)).toEqual(before);
      expect(versionIn(storage)).toBe(1);
    });
  });

  it("touch nothing that is newer than the code", async () => {
    await onEmptyStorage((storage) => {
      migrateAccount(storage, steps);
      const before = tablesIn(storage);
      expect(() => migrateAccount(storage, steps.slice(0, 2))).toThrow("not newer than its code");
      expect(tablesIn(storage)).toEqual(before);
    });
  });
});

describe("rows that the objects write for a recharge", () => {
  it("are 16 at most, alarms included", async () => {
    const journal = await runInDurableObject(env.JOURNAL.getByName("upstreams"), (_object, { storage }) => ({
      storage,
      sql: storage.sql,
    }));
    const { account, number } = await newAccount();
    const shipped = async () => (await accountOf(number).sweep(null)).isIdle;
    await until(shipped, true);
    // The first claim of a shard plans its pruning.
    for (let warm = 0; warm < 40; warm += 1) await answerOf(account, request(newOrder()));
    await until(shipped, true);

    const written: string[] = [];
    const sqls = Object.getPrototypeOf(journal.sql);
    const { value: exec } = Object.getOwnPropertyDescriptor(sqls, "exec") ?? {};
    const rows = vi.spyOn(sqls, "exec").mockImplementation(function record(this: unknown, ...given: unknown[]) {
      const cursor = exec.apply(this, given);
      const sql = String(given[0]);
      // The simulator's journal is none of ours.
      const isOurs = !/\bjournal\b|where account = /.test(sql);
      written.push(...Array.from({ length: isOurs ? cursor.rowsWritten : 0 }, () => sql));
      return cursor;
    });
    const alarms = vi.spyOn(Object.getPrototypeOf(journal.storage), "setAlarm");
    const order = newOrder();
    expect(await answerOf(account, request(order))).toBe("succeeded");
    await until(async () => written.some((sql) => sql.startsWith("update outbox")), true);
    rows.mockRestore();
    const set = alarms.mock.calls.length;
    alarms.mockRestore();
    expect(set).toBeGreaterThanOrEqual(1);
    expect(written.length).toBeGreaterThanOrEqual(12);
    expect(written.length + set).toBeLessThanOrEqual(16);
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(account);
  });
});
