// An account whose object was lost gets from the ledger, without a copy, what the ledger has; and no reference travels twice.
import { beforeEach, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { orderOf, ship } from "../../support/account-in-node.ts";
import { credit, type Loss, openLoss } from "../../support/loss-journey.ts";

let loss: Loss;
beforeEach(async () => {
  loss = await openLoss();
});

test("has its money, recharges, attempts, cases, rulings, disputes and events again", async () => {
  const { partners, number, account, makeHistory, picture, forget, expectBooksAgree } = loss;
  const ids = await makeHistory();
  const before = await picture(ids);
  await forget();
  expect(await account().healAccount()).toEqual({
    kind: "healed",
    from: 0,
    to: Array.isArray(before.events) ? before.events.length : 0,
    unsure: 0,
  });
  expect(await picture(ids)).toEqual(before);
  partners.reopen(number);
  expect(await picture(ids)).toEqual(before);
  await expectBooksAgree();
  expect(await account().healAccount()).toEqual({ kind: "not_behind" });
});

test("knows each agent id as its recharge, each credit as booked, and numbers what is new above all that travelled", async () => {
  const { partners, number, caller, account, place, makeHistory, forget, expectBooksAgree } = loss;
  const ids = await makeHistory();
  const travelled = (await Promise.all(ids.map((id) => account().readAttempts(id))))
    .flat()
    .map(({ reference }) => reference);
  const order = await orderOf(partners, number, ids[1] ?? "");
  await forget();
  await account().healAccount();
  expect(await account().place({ caller, order, waitMs: 0 })).toMatchObject({
    ok: true,
    value: { isReplay: true, recharge: { id: ids[1] } },
  });
  const wallets = await account().readWallets(caller);
  await account().credit({ ...credit, amount: minor(500) });
  expect(await account().readWallets(caller)).toEqual(wallets);
  const next = await place("success");
  expect(travelled).not.toContain(next.reference);
  expect(travelled.every((reference) => next.reference > reference)).toBe(true);
  expect(ids).not.toContain(next.id);
  await expectBooksAgree();
});

test("books nothing of its own before it has its money again: no wallet is said to be low", async () => {
  const { partners, number, account, picture, place, expectBooksAgree } = loss;
  const profile = await account().readProfile();
  if (profile === null) throw new Error("no profile");
  const limits = [{ currency: "INR", perRecharge: null, perDay: null, lowBalance: minor(10_000) }] as const;
  const known = { ...profile, limits, version: profile.version + 1 };
  await account().configure(known);
  const { id } = await place("success");
  await ship(partners, number);
  const before = await picture([id]);
  partners.lose(number);
  await account().configure(known);
  await partners.settled();
  await account().configure({ ...known, version: known.version + 1 });
  expect(await account().healAccount()).toMatchObject({ kind: "healed", from: 0 });
  expect(await picture([id])).toEqual(before);
  await expectBooksAgree();
});

test("frees no number of an order that it may have lost before the window is over", async () => {
  const { partners, number, account, place, forget } = loss;
  await place("success");
  expect(await account().confirmClaim("never-placed")).toMatchObject({ holds: false });
  await ship(partners, number);
  partners.lose(number);
  expect(await account().confirmClaim("may-be-lost")).toMatchObject({ holds: true });
  await expect(place("success"), "its key is not said to be unknown").rejects.toThrow("has a profile");
  await forget();
  await account().healAccount();
  const blocksUntil = partners.time.now + 9_000;
  expect(await account().confirmClaim("may-be-lost")).toEqual({ holds: true, earlier: null, blocksUntil });
  partners.time.now = blocksUntil;
  expect(await account().confirmClaim("may-be-lost")).toMatchObject({ holds: false });
});

test("tells webhooks what happens from then on", async () => {
  const { partners, number, account, place, forget } = loss;
  await account().startTelling();
  await place("success");
  await ship(partners, number);
  await forget();
  expect(await account().sweep(null)).toMatchObject({ isTelling: false });
  await account().healAccount();
  expect(await account().sweep(null)).toMatchObject({ isTelling: true });
});

test("is healed once where two ask for it at the same time, and both hear what it came to", async () => {
  const { account, makeHistory, picture, forget, expectBooksAgree } = loss;
  const ids = await makeHistory();
  const before = await picture(ids);
  await forget();
  const [one, other] = await Promise.all([account().healAccount(), account().healAccount()]);
  expect(one).toMatchObject({ kind: "healed", from: 0 });
  expect(other).toEqual(one);
  expect(await picture(ids)).toEqual(before);
  await expectBooksAgree();
});

test("goes on after a fault at any page, and takes nothing new before it is whole", async () => {
  const { partners, number, account, place, makeHistory, picture, forget } = loss;
  const ids = await makeHistory();
  const before = await picture(ids);
  await forget();
  await account().sweep(5);
  const { sql } = account().state.storage;
  const exec = sql.exec.bind(sql);
  sql.exec = (query: string, ...bindings: never[]) => {
    if (query.startsWith("insert into disputes")) throw new Error("reset");
    return exec(query, ...bindings);
  };
  await expect(account().healAccount()).rejects.toThrow("reset");
  await expect(place("success")).rejects.toThrow("nobody can say what was placed");
  sql.exec = exec;
  partners.reopen(number);
  await expect(place("success")).rejects.toThrow("nobody can say what was placed");
  partners.database.become("down");
  await expect(account().healAccount()).rejects.toThrow("down");
  partners.database.become("up");
  expect(await account().healAccount()).toMatchObject({ kind: "healed" });
  expect(await picture(ids)).toEqual(before);
});
