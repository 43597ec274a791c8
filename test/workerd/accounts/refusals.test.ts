// What an account refuses, and in which order (`lists.md`, "Refusals"): a refusal costs nothing and leaves nothing behind.
import { beforeEach, describe, expect, it } from "vitest";
import type { RefusalCode } from "../../../src/base/refusal.ts";
import type { AccountProfile } from "../../../src/recharges/profile.ts";
import type { Order } from "../../../src/recharges/recharge.ts";
import {
  amount,
  caller,
  changeProfile,
  emptyWallet,
  executions,
  expectInvariants,
  keyId,
  newAccount,
  newBangladeshNumber,
  newNumber,
  newOrder,
  request,
  type TestAccount,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

interface Trouble {
  readonly order?: Partial<Order>;
  readonly profile?: Partial<AccountProfile>;
  /** What was recharged before, from the same number: amounts in minor units. */
  readonly earlier?: readonly number[];
  readonly isEmptied?: true;
  readonly isAgentIdUsed?: true;
}

const limit = (of: { perRecharge?: number; perDay?: number }): Trouble => ({
  profile: {
    limits: [
      {
        currency: "BDT",
        perRecharge: of.perRecharge === undefined ? null : amount(of.perRecharge),
        perDay: of.perDay === undefined ? null : amount(of.perDay),
      },
    ],
  },
});

/** One trouble for each code, in the closed order. */
const troubles = {
  credentials: { profile: { revokedKeys: [keyId] } },
  agent_id_conflict: { isAgentIdUsed: true },
  suspended: { profile: { status: "suspended" } },
  product_unknown: { order: { product: "bd.nobody.prepaid" } },
  product_unavailable: { order: { product: "in.bsnl.prepaid-special" } },
  number: { order: { number: "0171" } },
  number_operator: { order: { number: "01812345600" } },
  field: { order: { fields: { city: "Dhaka" } } },
  amount_range: { order: { amount: amount(450) } },
  amount_step: { order: { amount: amount(2_050) } },
  currency: { order: { currency: "INR" } },
  max_cost: { order: { maxCost: amount(400) } },
  limit_recharge: limit({ perRecharge: 300 }),
  limit_day: limit({ perDay: 300 }),
  balance: { isEmptied: true },
  repeat: { earlier: [2_000] },
  velocity: { earlier: [1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900] },
} as const satisfies Partial<Record<RefusalCode, Trouble>>;

type Code = keyof typeof troubles;
const codes = Object.keys(troubles).filter((code): code is Code => code in troubles);
/** Two troubles in one place of the order cannot be had at once. */
const exclusive: readonly string[] = [
  "product_unknown product_unavailable",
  "number number_operator",
  "amount_range amount_step",
  "limit_recharge limit_day",
];
const pairs = codes
  .flatMap((first, index) => codes.slice(index + 1).map((second) => [first, second] as const))
  .filter(([first, second]) => !exclusive.includes(`${first} ${second}`));

async function refusalOf(given: readonly Trouble[]): Promise<{ code: string; account: TestAccount; order: Order }> {
  const { account } = await newAccount();
  const mobile = newBangladeshNumber("00");
  const place = async (more: Partial<Order>) => {
    const placed = await account.place(
      request(newOrder({ product: "bd.grameenphone.prepaid", number: mobile, ...more })),
    );
    if (!placed.ok) throw new Error(placed.problem.detail);
    return placed.value.recharge.agentId;
  };
  let agentId: string | null = null;
  if (given.some((one) => one.isAgentIdUsed === true))
    agentId = await place({ number: newBangladeshNumber("00"), amount: amount(9_900) });
  // Ten are all that one number may have.
  for (const earlier of given.flatMap((one) => one.earlier ?? []).slice(0, 10))
    await place({ amount: amount(earlier) });
  if (given.some((one) => one.isEmptied === true)) await emptyWallet(account, "BDT");
  await changeProfile(
    account,
    given.reduce<Partial<AccountProfile>>((sum, one) => ({ ...sum, ...one.profile }), {}),
  );

  const order = newOrder({
    product: "bd.grameenphone.prepaid",
    number: mobile,
    ...given.reduce<Partial<Order>>((sum, one) => ({ ...one.order, ...sum }), {}),
    ...(agentId === null ? {} : { agentId }),
  });
  const before = await account.readFigures({ withPending: true });
  const refused = await account.place(request(order));
  expect(await account.readFigures({ withPending: true })).toEqual(before);
  return { code: refused.ok ? "(placed)" : refused.problem.code, account, order };
}

describe.concurrent("the first refusal in the closed order", { timeout: 20_000 }, () => {
  it.each(codes)("is %s when nothing else is wrong", async (code) => {
    const refused = await refusalOf([troubles[code]]);
    expect(refused.code).toBe(code);
  });

  it.each(pairs)("is %s before %s", async (first, second) => {
    const refused = await refusalOf([troubles[first], troubles[second]]);
    expect(refused.code).toBe(first);
  });
});

describe("a refused order", () => {
  it("does not use its agent id up: put right, it is placed", async () => {
    const { account } = await newAccount(0);
    const order = newOrder();
    expect(await account.place(request(order))).toMatchObject({ ok: false, problem: { code: "balance" } });
    const found = await account.findRecharge(caller, { agentId: order.agentId });
    expect(found).toMatchObject({ ok: false, problem: { code: "not_found", retry: "same_reference" } });
    const credit = { currency: "INR", reason: "test", externalReference: "c", staff: "test" } as const;
    await account.credit({ ...credit, amount: amount(1_980) });
    expect(await account.place(request({ ...order, amount: amount(2_000) }))).toMatchObject({
      ok: true,
      value: { isReplay: false, recharge: { state: "succeeded" } },
    });
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(account);
  });

  it("frees the number: another partner recharges it at once", async () => {
    const [poor, rich] = [await newAccount(1_980), await newAccount()];
    const first = newOrder();
    const [one, other] = [newOrder({ number: newNumber("00") }), newOrder({ number: newNumber("00") })];
    const both = await Promise.all([one, other].map((order) => poor.account.place(request(order))));
    const loser = both[0]?.ok === true ? other : one;
    expect(both.map((placed) => (placed.ok ? "placed" : placed.problem.code)).toSorted()).toEqual([
      "balance",
      "placed",
    ]);
    const taken = await rich.account.place(request({ ...first, number: loser.number }));
    expect(taken).toMatchObject({ ok: true, value: { recharge: { state: "succeeded" } } });
    expect(await executions(loser.number)).toBe(1);
  });

  it("says where it is wrong", async () => {
    const { account } = await newAccount();
    const order = newOrder({ product: "in.bescom.electricity", number: "AB12345600" });
    expect(await account.place(request(order))).toMatchObject({
      ok: false,
      problem: { code: "field", problems: [{ pointer: "/fields/sub_division" }] },
    });
  });
});

describe("a number in other digits or with a country code", () => {
  it.each([
    ["Bengali digits", (number: string) => number.replaceAll(/\d/g, (digit) => "০১২৩৪৫৬৭৮৯".charAt(Number(digit)))],
    ["a country code", (number: string) => `+88${number}`],
    ["dashes", (number: string) => `${number.slice(0, 5)}-${number.slice(5)}`],
  ])("is recharged as the same number: %s", async (_what, write) => {
    const { account } = await newAccount();
    const number = newBangladeshNumber("00");
    const order = newOrder({ product: "bd.grameenphone.prepaid", number: write(number) });
    expect(await account.place(request(order))).toMatchObject({
      ok: true,
      value: { recharge: { number, state: "succeeded" } },
    });
    expect(await executions(number)).toBe(1);
    const again = await account.place(request({ ...order, number }));
    expect(again).toMatchObject({ ok: true, value: { isReplay: true } });
  });
});
