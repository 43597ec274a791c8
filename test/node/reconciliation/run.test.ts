// A scheduled run over real accounts and a ledger in Node: what it finds, whom it wakes, what it says.
import { beforeEach, describe, expect, test } from "vitest";
import { type Leases, type ReconciliationParts, reconcile } from "../../../src/reconciliation/run.ts";
import { addPartner, openPartners, type Partners, placeInNode, ship, t0 } from "../../support/account-in-node.ts";
import { noFloats } from "../../support/no-floats.ts";
import { addKey, hashSecret } from "../../support/partner-rows.ts";

let partners: Partners;
let asked: (readonly [string, ...unknown[]])[];

beforeEach(() => {
  partners = openPartners();
  asked = [];
});

/** Leases that are granted as `answers` say, one after the other, and always after the last. */
function leasesOf(...answers: readonly boolean[]): Leases {
  const waiting = [...answers];
  return {
    async takeLease(name, holder, ms) {
      asked.push(["take", name, holder, ms]);
      return { granted: waiting.shift() ?? true };
    },
    async endLease(name, holder) {
      asked.push(["end", name, holder]);
    },
  };
}

const noBacklog = { endpoints: 1, stopped: 0, pending: 0, dead: 0, oldestAt: null };

function partsOf(more: Partial<ReconciliationParts> = {}): ReconciliationParts {
  const { database, clock, log, account } = partners;
  return {
    floats: noFloats,
    webhookDesk: () => ({ sweep: async () => noBacklog }),
    database,
    hashSecret,
    installation: "local",
    clock,
    log,
    leases: leasesOf(),
    leaseMs: 700,
    seen: () => undefined,
    account,
    ...more,
  };
}

const clean = { kind: "done", partners: 1, woken: 0, differences: 0, forgotten: 0, faults: 0, floats: 0 };
const said = () => partners.lines.filter(({ event }) => event.startsWith("reconciliation."));
const told = (level: string) => said().filter((line) => line.level === level);

describe("a run", () => {
  test("finds nothing where account and ledger agree, and says so once", async () => {
    await ship(partners, await addPartner(partners));
    expect(await reconcile(partsOf(), true)).toEqual(clean);
    const { kind: _kind, ...facts } = clean;
    expect(said()).toEqual([{ level: "info", event: "reconciliation.done", facts }]);
  });

  test("does nothing while another one has the lease", async () => {
    await addPartner(partners);
    expect(await reconcile(partsOf({ leases: leasesOf(false) }), true)).toEqual({ kind: "kept_apart" });
    expect(asked).toHaveLength(1);
    expect(said()).toEqual([]);
  });

  test("takes one lease, renews it with each page, and gives it back", async () => {
    await addPartner(partners);
    await reconcile(partsOf(), false);
    const [, , holder] = asked[0] ?? [];
    expect(asked).toEqual([
      ["take", "reconcile", holder, 700],
      ["take", "reconcile", holder, 700],
      ["end", "reconcile", holder],
    ]);
    await reconcile(partsOf(), false);
    expect(asked[3]?.[2]).not.toBe(holder);
  });

  test("goes over every page of partners", async () => {
    for (let count = 0; count < 101; count += 1) await addPartner(partners, { isConfigured: false });
    expect(await reconcile(partsOf(), false)).toMatchObject({ partners: 101, faults: 0 });
    expect(asked.filter(([what]) => what === "take")).toHaveLength(3);
  });
});

describe("a run over an account", () => {
  test("wakes it where the ledger has not got all, and takes it back to what the ledger has", async () => {
    const number = await addPartner(partners);
    await ship(partners, number);
    await placeInNode(partners, number);
    expect(await reconcile(partsOf(), false)).toEqual({ ...clean, woken: 1 });
    await ship(partners, number);
    const { database } = partners;
    await database.batch(
      [
        "drop trigger events_refuse_delete",
        "drop trigger transfers_refuse_delete",
        "delete from events where number > 1",
        "delete from transfers where event > 1",
        "delete from recharges",
        "delete from wallet_states where event > 1",
      ].map((sql) => ({ sql, args: [] })),
    );
    expect(await reconcile(partsOf(), false)).toEqual({ ...clean, woken: 1 });
    await ship(partners, number);
    expect(await database.all("select max(number) as last from events", [])).toEqual([{ last: 3 }]);
    expect(told("warn")).toEqual([]);
  });

  test("warns of a ledger that is ahead of it", async () => {
    const number = await addPartner(partners);
    await ship(partners, number);
    const ahead = `insert into events select account, 9, type, recharge, at, currency, balance, held, debt, data from events where number = 1`;
    await partners.database.batch([
      { sql: "drop trigger if exists events_refuse_gap", args: [] },
      { sql: ahead, args: [] },
      { sql: "update wallet_states set event = 9", args: [] },
    ]);
    expect(await reconcile(partsOf(), false)).toEqual(clean);
    const facts = { account: number, ledgerEvent: 9, accountEvent: 2 };
    expect(told("warn")).toEqual([{ level: "warn", event: "reconciliation.ledger_ahead", facts }]);
  });
});

describe("a run over an account that is not as the ledger says", () => {
  test("counts what differs, reports it, and repairs nothing", async () => {
    const number = await addPartner(partners);
    await ship(partners, number);
    const { database } = partners;
    await database.batch([{ sql: "update wallet_states set balance = balance + 7 where currency = 'INR'", args: [] }]);
    expect(await reconcile(partsOf(), false)).toEqual({ ...clean, differences: 1 });
    const facts = { account: number, differences: 1 };
    expect(told("warn")).toEqual([{ level: "warn", event: "reconciliation.differs", facts }]);
    const row = { event: 2, currency: "INR", figure: "balance", compared_with: "wallet_states", found_at: t0 };
    const values = { account: number, account_value: 100_000, ledger_value: 100_007 };
    expect(await database.all("select * from differences", [])).toEqual([{ ...row, ...values }]);
    expect(await reconcile(partsOf(), false)).toMatchObject({ differences: 1 });
    expect(await database.all("select count(*) as found from differences", [])).toEqual([{ found: 1 }]);
  });

  test("adds transfers up only where it is thorough", async () => {
    const number = await addPartner(partners);
    await ship(partners, number);
    await partners.database.batch([
      { sql: "drop trigger transfers_refuse_update", args: [] },
      { sql: "update transfers set amount = amount + 1 where currency = 'BDT'", args: [] },
    ]);
    expect(await reconcile(partsOf(), false)).toMatchObject({ differences: 0 });
    expect(await reconcile(partsOf(), true)).toMatchObject({ differences: 2 });
  });

  test("counts what nobody will look at only where it is thorough", async () => {
    const number = await addPartner(partners);
    await placeInNode(partners, number);
    await ship(partners, number);
    expect(await reconcile(partsOf(), true)).toMatchObject({ woken: 1, forgotten: 0 });
    partners.account(number).state.storage.sql.exec("update attempts set open = null, due_at = null");
    partners.reopen(number);
    expect(await reconcile(partsOf(), false)).toMatchObject({ forgotten: 0 });
    expect(told("warn")).toEqual([]);
    expect(await reconcile(partsOf(), true)).toMatchObject({ forgotten: 1 });
    const facts = { account: number, forgotten: 1 };
    expect(told("warn")).toEqual([{ level: "warn", event: "reconciliation.forgotten", facts }]);
  });
});

describe("a run where something is broken", () => {
  test("goes on after an account that cannot be asked, and logs it", async () => {
    const broken = await addPartner(partners);
    await ship(partners, await addPartner(partners));
    partners.account(broken).state.storage.sql.exec("drop table wallets");
    partners.reopen(broken);
    expect(await reconcile(partsOf(), false)).toEqual({ ...clean, partners: 2, faults: 1 });
    expect(told("error")).toEqual([{ level: "error", event: "reconciliation.account", facts: { account: broken } }]);
  });

  test("repeats what a crash of a staff verb left half done", async () => {
    const number = await addPartner(partners);
    await ship(partners, number);
    await partners.database.batch([{ sql: "update partners set profile_version = 2, status = 'suspended'", args: [] }]);
    expect(await reconcile(partsOf(), false)).toEqual(clean);
    expect(await partners.account(number).readProfile()).toMatchObject({ status: "suspended", version: 2 });
    expect(told("warn")).toEqual([{ level: "warn", event: "reconciliation.repeated", facts: { partners: 1 } }]);
  });

  test("refuses to run over the sandbox's credentials in a live installation, and gives the lease back", async () => {
    const number = await addPartner(partners);
    await addKey(partners.database, "rk_test_demo", { account: number });
    expect(await reconcile(partsOf(), false)).toMatchObject({ kind: "done" });
    await expect(reconcile(partsOf({ installation: "live" }), false)).rejects.toThrow(
      "a live installation has no sandbox credentials",
    );
    expect(asked.at(-1)?.[0]).toBe("end");
    expect(
      await reconcile(partsOf({ installation: "live", hashSecret: "another secret of an installation" }), false),
    ).toMatchObject({
      kind: "done",
    });
  });
});
