// The scheduled run: it finds what an account forgot and what the ledger lacks, and reports what differs.
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reconcileNow } from "../../src/services/scheduled.ts";
import { expectLedgerEqualsAccount, newPartner, watermark } from "../support/booked.ts";
import {
  accountOf,
  answerOf,
  caller,
  executions,
  expectInvariants,
  newNumber,
  newOrder,
  readState,
  request,
  skipTime,
  until,
  useSimulator,
} from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => {
  vi.useRealTimers();
});

describe("a scheduled run over a restored ledger", () => {
  it("feeds it again", async () => {
    const number = await newPartner();
    expect(await answerOf(accountOf(number), request(newOrder()))).toBe("succeeded");
    await expectLedgerEqualsAccount(number);
    // As of a backup: without the last two events. Only a restore can take events away.
    const restore = [
      "drop trigger events_refuse_delete",
      "drop trigger transfers_refuse_delete",
      `delete from events where account = ${number} and number > 2`,
      `delete from transfers where account = ${number} and event > 2`,
      `delete from recharges where account = ${number} and last_event > 2`,
      `delete from wallet_states where account = ${number} and event > 2`,
    ];
    await env.DB.batch(restore.map((statement) => env.DB.prepare(statement)));
    expect(await watermark(number)).toBe(2);
    expect(await reconcileNow(env, false)).toMatchObject({ kind: "done", woken: 1, differences: 0, faults: 0 });
    await expectLedgerEqualsAccount(number);
  });
});

describe("a scheduled run over accounts that forgot", () => {
  it("wakes an account whose alarm was lost, with an attempt left in `sent` by a crash", {
    timeout: 20_000,
  }, async () => {
    const number = await newPartner();
    const order = newOrder({ number: newNumber("40") });
    const asking = accountOf(number)
      .place(request(order))
      .catch(() => "reset");
    await until(() => executions(order.number), 1);
    await abortAllDurableObjects();
    expect(await asking).toBe("reset");
    await runInDurableObject(accountOf(number), (_object, state) => state.storage.deleteAlarm());
    const found = await accountOf(number).findRecharge(caller, { agentId: order.agentId });
    const attempts = await accountOf(number).readAttempts(found.ok ? found.value.id : "");
    expect(attempts).toMatchObject([{ state: "sent", evidence: [] }]);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await readState(accountOf(number), order.agentId)).toBe("pending");

    expect(await reconcileNow(env, true)).toMatchObject({ kind: "done", woken: 1, forgotten: 0, faults: 0 });
    await until(() => readState(accountOf(number), order.agentId), "succeeded");
    expect(await executions(order.number)).toBe(1);
    await expectLedgerEqualsAccount(number);
    await expectInvariants(accountOf(number));
  });

  it("wakes nobody when nothing waits", async () => {
    const number = await newPartner();
    await expectLedgerEqualsAccount(number);
    expect(await reconcileNow(env, true)).toMatchObject({ kind: "done", woken: 0, differences: 0, forgotten: 0 });
    const alarm = await runInDurableObject(accountOf(number), (_object, state) => state.storage.getAlarm());
    expect(alarm).toBe(null);
  });
});

describe("a scheduled run that finds something wrong", () => {
  it("reports a difference once and does not repair it", async () => {
    const number = await newPartner();
    expect(await answerOf(accountOf(number), request(newOrder()))).toBe("succeeded");
    await expectLedgerEqualsAccount(number);
    const plant = (by: number) =>
      env.DB.prepare("update wallet_states set balance = balance + ? where account = ? and currency = 'INR'")
        .bind(by, number)
        .run();
    await plant(7);
    expect(await reconcileNow(env, false)).toMatchObject({ differences: 1 });
    expect(await reconcileNow(env, true)).toMatchObject({ differences: 1 });
    const rows = await env.DB.prepare("select * from differences where account = ?").bind(number).all();
    expect(rows.results).toMatchObject([
      {
        event: 4,
        currency: "INR",
        figure: "balance",
        compared_with: "wallet_states",
        account_value: 998_020,
        ledger_value: 998_027,
      },
    ]);
    await plant(-7);
    expect(await reconcileNow(env, true)).toMatchObject({ differences: 0 });
  });

  it("goes on when an account cannot be asked", async () => {
    const [broken, sound] = [await newPartner(), await newPartner()];
    await runInDurableObject(accountOf(broken), (object, state) => {
      state.storage.sql.exec("alter table events rename to events_away");
      Reflect.set(object, "opened", null); // as if it had just woken: nothing is remembered
    });
    await expectLedgerEqualsAccount(sound);
    expect(await reconcileNow(env, false)).toMatchObject({ kind: "done", faults: 1 });
    await runInDurableObject(accountOf(broken), (_object, state) => {
      state.storage.sql.exec("alter table events_away rename to events");
    });
    expect(await reconcileNow(env, false)).toMatchObject({ kind: "done", faults: 0 });
  });
});

describe("two scheduled runs", () => {
  it("are kept apart, and the lease is given back", async () => {
    const reports = await Promise.all([reconcileNow(env, false), reconcileNow(env, false), reconcileNow(env, false)]);
    expect(reports.map(({ kind }) => kind).toSorted()).toEqual(["done", "kept_apart", "kept_apart"]);
    expect(await reconcileNow(env, false)).toMatchObject({ kind: "done" });
  });

  it("wait for the lease of one that died, and no longer", async () => {
    const desk = env.PROVIDER_DESK.getByName("installation");
    expect(await desk.takeLease("reconcile", "a run that died", 1_000)).toMatchObject({ granted: true });
    expect(await reconcileNow(env, false)).toEqual({ kind: "kept_apart" });
    skipTime(1_001);
    expect(await reconcileNow(env, false)).toMatchObject({ kind: "done" });
  });
});
