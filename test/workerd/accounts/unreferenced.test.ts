// Orders without a reference, asked of the account itself: the window, signatures, and what bars a new one.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UnreferencedRequest } from "../../../src/accounts/account.ts";
import { minor } from "../../../src/base/money.ts";
import {
  caller,
  executions,
  expectInvariants,
  newAccount,
  newBangladeshNumber,
  type TestAccount,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => vi.useRealTimers());

const repeatWindowMs = 9_000;

type Wanted = Partial<Omit<UnreferencedRequest, "order">> & { readonly number?: string };

function requestOf({ number = newBangladeshNumber("00"), ...more }: Wanted = {}): UnreferencedRequest {
  const order = { product: "bd.grameenphone.prepaid", amount: minor(2_000), currency: null, fields: {} };
  return {
    caller,
    surface: "nurr",
    order: { ...order, number, geocode: null, maxCost: null },
    agentId: null,
    signature: null,
    isByAddressAlone: false,
    isTooFast: false,
    waitMs: 2_000,
    ...more,
  };
}

async function place(account: TestAccount, request: UnreferencedRequest) {
  const { placed, wallet } = await account.placeUnreferenced(request);
  if (!placed.ok) return { refused: placed.problem.code, balance: wallet?.balance };
  const { recharge, isReplay } = placed.value;
  return { id: recharge.id, state: recharge.state, isReplay, agentId: recharge.agentId, balance: wallet?.balance };
}

/** Moves the clock of all objects; their timers go on as they are. */
function moveClock(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

test("the same order is the same recharge for the window, and after it another one", async () => {
  const { account } = await newAccount();
  const request = requestOf();
  const first = await place(account, request);
  expect(first).toMatchObject({ state: "succeeded", isReplay: false, balance: 998_020 });
  expect(first.agentId).toMatch(/^nurr:[0-9a-f-]{36}$/);
  moveClock(repeatWindowMs - 3_000);
  expect(await place(account, request)).toEqual({ ...first, isReplay: true });
  moveClock(4_000);
  const second = await place(account, request);
  expect(second).toMatchObject({ state: "succeeded", isReplay: false, balance: 996_040 });
  expect(second.id).not.toBe(first.id);
  expect(await place(account, request)).toEqual({ ...second, isReplay: true });
  expect(await executions(request.order.number)).toBe(2);
  await expectInvariants(account);
});

test("a failed order is the same for the window too", async () => {
  const { account } = await newAccount();
  const request = requestOf({ number: newBangladeshNumber("10") });
  const first = await place(account, request);
  expect(first).toMatchObject({ state: "failed", isReplay: false, balance: 1_000_000 });
  moveClock(repeatWindowMs - 3_000);
  expect(await place(account, request)).toEqual({ ...first, isReplay: true });
  moveClock(4_000);
  expect((await place(account, request)).id).not.toBe(first.id);
});

test("a pending order stays the same however long it is pending, and its window begins with its end", async () => {
  const { account } = await newAccount();
  const request = requestOf({ number: newBangladeshNumber("35") });
  const first = await place(account, request);
  expect(first).toMatchObject({ state: "pending", balance: 998_020 });
  moveClock(20 * repeatWindowMs);
  expect(await place(account, request)).toMatchObject({ id: first.id, state: "pending" });
  expect(await place(account, { ...request, agentId: "second" })).toMatchObject({ id: first.id });
});

test("a plain order and a second one that is meant, at once, are one recharge while the first is pending", async () => {
  const { account } = await newAccount();
  const request = requestOf({ number: newBangladeshNumber("35") });
  const [plain, second] = await Promise.all([
    place(account, request),
    place(account, { ...request, agentId: "second" }),
  ]);
  expect(second?.id).toBe(plain?.id);
});

test("of orders that come at once every one hears of a refusal, and nothing is left", async () => {
  const { account } = await newAccount(0);
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, index) => place(account, requestOf({ number: newBangladeshNumber(`0${index}`) }))),
  );
  expect(answers).toEqual(answers.map(() => ({ refused: "balance", balance: 0 })));
  const request = requestOf();
  const same = await Promise.all(Array.from({ length: 5 }, () => place(account, request)));
  expect(same).toEqual(same.map(() => ({ refused: "balance", balance: 0 })));
  await expectInvariants(account);
});

test("a used signature tells of its recharge even after the window, and starts nothing", async () => {
  const { account } = await newAccount();
  const signature = { text: "signed-once", expiresAt: Date.now() + 300_000 };
  const request = requestOf({ signature });
  const first = await place(account, request);
  moveClock(2 * repeatWindowMs);
  expect(await place(account, request)).toEqual({ ...first, isReplay: true });
  const other = { ...signature, text: "signed-again" };
  expect((await place(account, { ...request, signature: other })).id).not.toBe(first.id);
  expect(await executions(request.order.number)).toBe(2);
});

test("a signature whose order was refused is used up", async () => {
  const { account } = await newAccount();
  const signature = { text: "signed-for-nothing", expiresAt: Date.now() + 300_000 };
  const request = requestOf({ signature, number: "01812345600" });
  expect(await place(account, request)).toMatchObject({ refused: "number_operator" });
  expect(await place(account, request)).toMatchObject({ refused: "credentials" });
  expect(await place(account, requestOf({ signature }))).toMatchObject({ refused: "credentials" });
});

test("who asks too fast is told of what is there, and places nothing new", async () => {
  const { account } = await newAccount();
  const request = requestOf();
  const isTooFast = true;
  expect(await place(account, { ...request, isTooFast })).toEqual({ refused: "rate", balance: 1_000_000 });
  const first = await place(account, request);
  expect(await place(account, { ...request, isTooFast })).toEqual({ ...first, isReplay: true });
  expect(await place(account, { ...request, isTooFast, agentId: "b" })).toMatchObject({ refused: "rate" });
  const second = await place(account, { ...request, agentId: "b" });
  expect(await place(account, { ...request, isTooFast, agentId: "b" })).toEqual({ ...second, isReplay: true });
});

test("in live mode an address alone orders only under a limit per day of that currency", async () => {
  const live = { caller: { keyId: "key_test", mode: "live" }, isByAddressAlone: true } as const;
  const { account } = await newAccount(100_000, { mode: "live" });
  expect(await place(account, requestOf(live))).toMatchObject({ refused: "address" });
  const perDay = { perRecharge: null, perDay: minor(10_000) };
  const inr = await newAccount(100_000, { mode: "live", limits: [{ currency: "INR", ...perDay }] });
  expect(await place(inr.account, requestOf(live))).toMatchObject({ refused: "address" });
  const bdt = await newAccount(100_000, { mode: "live", limits: [{ currency: "BDT", ...perDay }] });
  // There is no live provider in the tests: it got past the address.
  expect(await place(bdt.account, requestOf(live))).toMatchObject({ refused: "product_unavailable" });
  expect(await place(account, requestOf({ ...live, isByAddressAlone: false }))).toMatchObject({
    refused: "product_unavailable",
  });
});

test("a key of another mode is told nothing, not even the partner's name", async () => {
  const { account } = await newAccount();
  const answer = await account.placeUnreferenced(requestOf({ caller: { keyId: "key_test", mode: "live" } }));
  expect(answer).toMatchObject({ placed: { ok: false, problem: { code: "credentials" } }, partner: "", wallet: null });
});

test("a recharge that settles later is told with its figures then", async () => {
  const { account } = await newAccount();
  const request = requestOf({ number: newBangladeshNumber("10"), waitMs: 0 });
  const first = await place(account, request);
  expect(first).toMatchObject({ state: "pending", balance: 998_020 });
  await until(async () => (await place(account, request)).state, "failed");
  expect(await place(account, request)).toMatchObject({ id: first.id, balance: 1_000_000 });
});
