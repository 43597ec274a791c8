// An account that was set back to an earlier moment: it is noticed, books nothing, and is healed where that loses nothing.
import { beforeEach, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { addPartner, orderOf, ship } from "../../support/account-in-node.ts";
import { answers, credit, type Loss, openLoss } from "../../support/loss-journey.ts";

let loss: Loss;
beforeEach(async () => {
  loss = await openLoss();
});

test("learns what became of what was pending, once, and gives the day's use", async () => {
  const { partners, number, caller, account, place, picture, expectBooksAgree, setBackBy } = loss;
  const { id } = await place("doubt", "backnpay");
  let before = await picture([id]);
  await setBackBy(async () => {
    partners.upstream.lookup = { kind: "succeeded", carried: {}, said: "SUCCESS" };
    partners.upstream.isRationSpent = false;
    partners.time.now += 3_000;
    await ship(partners, number);
    await ship(partners, number);
    before = await picture([id]);
  });
  expect(before.recharges).toMatchObject([{ value: { state: "succeeded" } }]);
  expect(await account().findRecharge(caller, { id })).toMatchObject({ value: { state: "pending" } });
  const { lookups } = partners.upstream;
  await ship(partners, number);
  expect(partners.upstream.lookups, "nobody is asked while it is behind").toBe(lookups);
  await expect(account().credit({ ...credit, amount: minor(1) })).rejects.toThrow("behind its ledger");
  expect(
    await account().takeCallback({
      provider: "backnpay-sandbox",
      attempt: 1,
      outcome: answers.failure,
      isAuthentic: true,
      receivedAt: 1,
    }),
  ).toBe(false);
  expect(await account().healAccount()).toMatchObject({ kind: "healed", unsure: 0 });
  expect(await picture([id])).toEqual(before);
  await expectBooksAgree();
});

test("gives to a person what was sent last: another provider may have been asked, so no lookup voids it", async () => {
  const { partners, number, caller, account, place, ruleOn, expectBooksAgree, setBackBy } = loss;
  let id = "";
  await setBackBy(async () => {
    ({ id } = await place("doubt", "backnpay"));
  });
  expect(await account().healAccount()).toMatchObject({ kind: "healed", unsure: 1 });
  expect(await account().readCases()).toMatchObject([{ kind: "doubt", rechargeId: id, closedAt: null }]);
  partners.upstream.lookup = { kind: "failed", carried: { theirReference: "T1" }, said: "FAILED" };
  partners.upstream.isRationSpent = false;
  for (let looks = 0; looks < 6; looks += 1) {
    partners.time.now += 5_000;
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await ship(partners, number);
  }
  expect(partners.upstream.lookups).toBeGreaterThan(0);
  expect(await account().findRecharge(caller, { id })).toMatchObject({
    value: { state: "pending", hasOpenCase: true },
  });
  await ruleOn(id, "failure");
  expect(await account().findRecharge(caller, { id })).toMatchObject({ value: { state: "failed" } });
  await expectBooksAgree();
});

test("gives to a person what it had just sent, though its alarm noted the silence before the ledger was heard", async () => {
  const { partners, number, caller, account, place, rowsOf, setBackTo, expectBooksAgree } = loss;
  const { upstream, time } = partners;
  let earlier: ReturnType<typeof rowsOf> | null = null;
  upstream.duringSubmit = () => {
    upstream.answer = earlier === null ? answers.declined : answers.doubt;
    earlier ??= rowsOf();
  };
  const { id } = await place("declined", "backnpay");
  expect((await account().readAttempts(id)).map(({ state }) => state)).toEqual(["declined", "in_doubt"]);
  upstream.duringSubmit = () => undefined;
  await place("success");
  await ship(partners, number);
  setBackTo(earlier ?? new Map());
  time.now += 5_000;
  partners.reopen(number);
  await ship(partners, number);
  await partners.settled();
  expect(await account().healAccount()).toMatchObject({ kind: "healed", unsure: 1 });
  upstream.lookup = { kind: "failed", carried: { theirReference: "T1" }, said: "FAILED" };
  upstream.isRationSpent = false;
  for (let looks = 0; looks < 3; looks += 1) {
    time.now += 5_000;
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await ship(partners, number);
  }
  expect(upstream.lookups).toBeGreaterThan(0);
  expect(await account().findRecharge(caller, { id })).toMatchObject({
    value: { state: "pending", hasOpenCase: true },
  });
  await expectBooksAgree();
});

test("places nothing while the ledger is down, because a shard of the guard knows how far it had counted", async () => {
  const { partners, number, account, place, rowsOf, setBackTo, expectBooksAgree } = loss;
  await place("success");
  await ship(partners, number);
  const earlier = rowsOf();
  const travelled = [await place("success"), await place("success")].map(({ reference }) => reference);
  await ship(partners, number);
  partners.database.become("down");
  setBackTo(earlier);
  partners.reopen(number);
  await expect(place("success")).rejects.toThrow("was set back");
  partners.reopen(number);
  await expect(place("success")).rejects.toThrow("nobody can say what was placed");
  partners.database.become("up");
  expect(await account().healAccount()).toMatchObject({ kind: "healed", unsure: 0 });
  expect(travelled).not.toContain((await place("success")).reference);
  await expectBooksAgree();
});

test("sends nothing again of an order that it lost before the ledger had it: the guard remembers, and a person has it", async () => {
  const { partners, number, caller, account, place, ruleOn, expectBooksAgree, rowsOf, setBackTo } = loss;
  await ship(partners, number);
  const earlier = rowsOf();
  partners.database.become("down");
  const lost = await place("success");
  await place("success");
  const order = await orderOf(partners, number, lost.id);
  const ask = () => account().place({ caller, order, waitMs: 1_000 });
  setBackTo(earlier);
  partners.reopen(number);
  await expect(place("success")).rejects.toThrow("was set back");
  partners.database.become("up");
  partners.time.now += 1;
  expect(await account().healAccount()).toMatchObject({ kind: "healed", unsure: 0 });
  // That no provider may be asked now says nothing about then.
  partners.upstream.leftOut = "switched_off";
  const again = await ask();
  partners.upstream.leftOut = null;
  expect(again).toMatchObject({ ok: true, value: { recharge: { state: "pending" } } });
  const id = again.ok ? again.value.recharge.id : "";
  expect((await account().readAttempts(id)).map(({ state }) => state)).toEqual(["in_doubt", "declined"]);
  expect(await ask()).toMatchObject({ ok: true, value: { isReplay: true, recharge: { id, hasOpenCase: true } } });
  for (let looks = 0; looks < 3; looks += 1) {
    partners.time.now += 10_000;
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await ship(partners, number);
  }
  expect(await account().findRecharge(caller, { id })).toMatchObject({
    value: { state: "pending", hasOpenCase: true },
  });
  await ruleOn(id, "success");
  expect(await account().findRecharge(caller, { id })).toMatchObject({ value: { state: "succeeded" } });
  expect((await place("success")).id).not.toBe(id);
  await expectBooksAgree();
});

test("learns it from the ledger as soon as it wakes, whoever asks for what", async () => {
  const { partners, number, caller, account, place, rowsOf, setBackTo } = loss;
  const earlier = rowsOf();
  await place("success");
  await ship(partners, number);
  setBackTo(earlier);
  partners.reopen(number);
  await account().readWallets(caller);
  await partners.settled();
  await expect(place("success")).rejects.toThrow("nobody can say what was placed");
});

test("ships nothing where it has booked as much as it lost: the ledger's last event is not its own", async () => {
  const { partners, number, caller, account, place, rowsOf, setBackTo } = loss;
  const earlier = rowsOf();
  const lost = await place("success");
  await ship(partners, number);
  setBackTo(earlier);
  partners.database.become("down");
  partners.forgetCounts();
  partners.reopen(number);
  // More events than the ledger has, so that their number says nothing.
  // oxlint-disable-next-line no-await-in-loop -- in the order of their numbers
  for (let booked = 0; booked < 4; booked += 1) await place("failure");
  partners.database.become("up");
  await ship(partners, number);
  const [row] = await partners.database.all("select count(*) as count, max(agent_id) as id from recharges", []);
  const found = await account().findRecharge(caller, { id: lost.id });
  expect(row).toMatchObject({ count: 1 });
  expect(row?.["id"]).not.toBe(found.ok ? found.value.agentId : "");
  await expect(place("success")).rejects.toThrow("nobody can say what was placed");
  expect(await account().healAccount()).toMatchObject({ kind: "diverged", at: 3 });
});

test("is left as it is where it has booked otherwise since: nobody's recharge is thrown away", async () => {
  const { partners, number, account, place, setBackBy } = loss;
  const other = await addPartner(partners);
  await setBackBy(() => place("success"));
  const figures = await account().readFigures({ withPending: true });
  const { sql } = account().state.storage;
  sql.exec("update restored set ledger_event = null");
  partners.database.become("down");
  partners.reopen(number);
  await place("success");
  partners.database.become("up");
  const own = await account().readFigures({ withPending: true });
  expect(await account().healAccount()).toEqual({ kind: "diverged", at: (figures?.eventNumber ?? 0) + 1 });
  expect(await account().readFigures({ withPending: true })).toEqual(own);
  expect(await partners.account(other).healAccount()).toEqual({ kind: "not_behind" });
});
