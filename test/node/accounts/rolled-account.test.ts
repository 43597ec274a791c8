// What an account goes on doing about recharges whose events have left it.
import { beforeEach, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { orderOf, ship } from "../../support/account-in-node.ts";
import { type Aging, openAging } from "../../support/old-events.ts";

let aging: Aging;
beforeEach(async () => {
  aging = await openAging();
});

test("knows the same agent id as the same recharge, compares its fields, and moves no money for it", async () => {
  const { account, caller, partners, number, makeHistory, sweep } = aging;
  const [first] = await makeHistory(8);
  await sweep();
  partners.reopen(number);
  const order = await orderOf(partners, number, first?.id ?? "");
  const wallets = await account().readWallets(caller);
  const again = await account().place({ caller, order, waitMs: 0 });
  expect(again).toMatchObject({
    ok: true,
    value: { isReplay: true, recharge: { id: first?.id, state: "succeeded" } },
  });
  const other = await account().place({ caller, order: { ...order, amount: minor(2_100) }, waitMs: 0 });
  expect(other).toMatchObject({ ok: false, problem: { code: "agent_id_conflict" } });
  expect(await account().readWallets(caller)).toEqual(wallets);
});

test("hears a late word against an old success, and gives it to a person with the money where it was", async () => {
  const { account, caller, makeHistory, sweep } = aging;
  const [first] = await makeHistory(8);
  await sweep();
  const outcome = { kind: "failed", carried: {}, said: "FAILED", cause: "operator" } as const;
  const heard = {
    provider: "nurr-sandbox",
    attempt: 1,
    outcome,
    isAuthentic: true,
    receivedAt: aging.partners.time.now,
  };
  expect(await account().takeCallback(heard)).toBe(true);
  expect(await account().findRecharge(caller, { id: first?.id ?? "" })).toMatchObject({
    ok: true,
    value: { state: "succeeded", hasOpenCase: true },
  });
  expect(await account().readCases()).toMatchObject([{ kind: "reversal_disputed", rechargeId: first?.id }]);
});

test("takes a dispute and a ruling about an old recharge, and its evidence can be read", async () => {
  const { account, caller, partners, number, makeHistory, sweep } = aging;
  partners.upstream.answer = { kind: "succeeded", said: "SUCCESS", carried: { operatorReference: "OP1" } };
  const [first] = await makeHistory(8);
  await sweep();
  const id = first?.id ?? "";
  const disputed = await account().openDispute(caller, id, { disposition: "D11", comment: "nothing came" });
  expect(disputed.ok).toBe(true);
  const evidence = await account().readEvidence(id);
  expect(evidence?.attempts[0]?.evidence.length).toBe(1);
  const ruling = {
    word: "failure",
    reason: "letter",
    seen: evidence?.evidenceNumber ?? 0,
    succeeded: null,
    staff: "asha",
  } as const;
  const proposed = await account().proposeRuling(id, ruling);
  if (!proposed.ok) throw new Error(proposed.problem.detail);
  const confirmed = await account().confirmRuling(id, {
    number: proposed.value.number,
    seen: ruling.seen,
    staff: "omar",
  });
  expect(confirmed.ok).toBe(true);
  expect(await account().findRecharge(caller, { id })).toMatchObject({ ok: true, value: { state: "reversed" } });
  await ship(partners, number);
  const [row] = await partners.database.all("select state from recharges where account = ?1 and counter = 1", [number]);
  expect(row).toEqual({ state: "reversed" });
});

test("books a credit that is repeated once, however old the first one is", async () => {
  const { account, caller, partners, number, makeHistory, sweep } = aging;
  const credit = {
    currency: "INR",
    amount: minor(100_000),
    reason: "opening",
    externalReference: "INR",
    staff: "test",
  } as const;
  await makeHistory(8);
  await sweep();
  partners.reopen(number);
  const wallets = await account().readWallets(caller);
  expect((await account().credit(credit)).ok).toBe(true);
  expect((await account().credit({ ...credit, amount: minor(1) })).ok).toBe(false);
  expect(await account().readWallets(caller)).toEqual(wallets);
});

test("tells webhooks what it told before, facts and list, from any moment on", async () => {
  const { account, partners, keptIn, makeHistory, sweep } = aging;
  partners.webhooks.areWanted = true;
  await account().startTelling();
  await makeHistory(8);
  const since = partners.time.now;
  await makeHistory(8);
  const ask = async () => ({
    all: await account().readTellable({ since: 0, after: 0, limit: 500 }),
    some: await account().readTellable({ since: 0, after: 4, limit: 5 }),
    late: await account().readTellable({ since, after: 0, limit: 500 }),
    facts: await account().readTold([1, 4, 12, 20, 99]),
  });
  const before = await ask();
  expect([before.all.length, before.late.length, before.facts.length]).toEqual([16, 8, 4]);
  await sweep();
  expect(keptIn()).not.toContain(4);
  expect(await ask()).toEqual(before);
});
