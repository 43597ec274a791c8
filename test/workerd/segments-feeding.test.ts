// How balance segments come by what they need: quiets, balance calls, scheduled runs; and how accounts take their words.
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { SegmentWordGiven } from "../../src/accounts/segment-types.ts";
import { readReference } from "../../src/base/id.ts";
import { bookSchema } from "../../src/api/admin-float-schema.ts";
import { reconcileNow } from "../../src/services/scheduled.ts";
import { ask, askStaff, orderBody } from "../support/api-journey.ts";
import { accountOf, newBangladeshNumber, newNumber, sendToSimulator, useSimulator } from "../support/sandbox.ts";
import {
  declare,
  judge,
  newSeller,
  provider,
  quietCall,
  sell,
  sellTo,
  skip,
  type Sold,
  stateOf,
  useClock,
  wake,
  withdrawAll,
  wrongOnes,
} from "../support/segment-journey.ts";

let partner: Awaited<ReturnType<typeof newSeller>>;

beforeAll(async () => {
  partner = await newSeller();
});
beforeEach(() => {
  useSimulator();
  useClock();
});
afterEach(async () => {
  await withdrawAll();
  vi.restoreAllMocks();
});

const states = (sold: readonly Sold[]) => Promise.all(sold.map(async (one) => stateOf(partner, one)));

const readBook = async () =>
  z.looseObject({ book: bookSchema }).parse((await askStaff(`${provider}/segments`)).body).book;
const order = async () => {
  const body = orderBody({ product: "bd.grameenphone.prepaid", number: newBangladeshNumber("00") });
  return (await ask(partner.key, "/v1/recharges", { body })).status;
};

describe("a quiet", () => {
  it("keeps the provider out until its calls are final, sends one recharge alone, and ends with its answer", async () => {
    await declare("exclusive", "refund_free");
    await quietCall(partner);
    const sold: Sold[] = [];
    for (const [suffix, amount] of [
      ["40", "20.00"],
      ["41", "33.00"],
      ["40", "71.00"],
      ["41", "150.00"],
    ] as const) {
      sold.push(await sell(partner, suffix, amount));
      skip(5_000);
    }
    expect((await judge()).settled).toBe(0);
    expect(await readBook()).toMatchObject({ quiet: { until: expect.any(String) } });
    expect(await order()).toBe(503);
    skip(5_000);
    const three = await Promise.all([order(), order(), order()]);
    expect([three.filter((status) => status === 201), three.filter((status) => status === 503)]).toEqual([
      [201],
      [503, 503],
    ]);
    await wake(partner);
    expect((await readBook()).quiet).toBeNull();
    expect(await order()).toBe(201);
    skip(250);
    expect((await judge()).settled).toBe(4);
    expect(await states(sold)).toEqual(["succeeded", "failed", "succeeded", "failed"]);
    expect(await wrongOnes(partner, sold)).toEqual([]);
  });

  it("ends when staff take the declaration back", async () => {
    await declare("exclusive", "refund_free");
    await sell(partner, "40");
    for (let lost = 0; lost < 4; lost += 1) skip(9_000);
    await judge();
    expect((await readBook()).quiet).not.toBeNull();
    await withdrawAll();
    expect((await readBook()).quiet).toBeNull();
    expect(await order()).toBe(201);
  });
});

describe("a scheduled run", () => {
  it("judges by itself what was told to be lost, once it is final", async () => {
    await declare("exclusive", "refund_free");
    await quietCall(partner);
    const sold = [await sell(partner, "41")];
    await wake(partner);
    await reconcileNow(env, false);
    expect(await states(sold)).toEqual(["pending"]);
    await quietCall(partner);
    await reconcileNow(env, false);
    expect(await states(sold)).toEqual(["failed"]);
  });
});

/** The upstream answers no lookup. */
const noLookups = async (input: RequestInfo | URL, init?: RequestInit) =>
  new URL(new Request(input, init).url).searchParams.has("csagentid")
    ? new Response("busy", { status: 503 })
    : sendToSimulator(input, init);

describe("a balance call", () => {
  it("closes a segment of a provider whose replies carry no balance before", async () => {
    const path = "/providers/backnpay-sandbox";
    vi.spyOn(globalThis, "fetch").mockImplementation(noLookups);
    // Its replies name no commission: staff do.
    for (const kind of ["exclusive", "refund_free"])
      await askStaff(`${path}/declarations`, { kind, reason: "ours", commission_basis_points: [200] });
    const judgeIt = async () => (await askStaff(`${path}/segments`, undefined, "POST")).body;
    expect(await judgeIt()).toMatchObject({ kind: "judged", settled: 0 });
    skip(250);
    const sold = [
      await sellTo(partner, newNumber("40"), "20.00", "in.airtel.prepaid"),
      await sellTo(partner, newNumber("41"), "33.00", "in.airtel.prepaid"),
    ];
    skip(7_000);
    expect(await judgeIt()).toMatchObject({ settled: 0, book: { judge_at: expect.any(String) } });
    skip(250);
    expect(await judgeIt()).toMatchObject({ settled: 2 });
    expect(await states(sold)).toEqual(["succeeded", "failed"]);
  });
});

const word = {
  key: "balance_segment:1-2:failure",
  word: "failure",
  speaksAt: Date.now(),
  said: "sum",
  opens: null,
} as const;
const evidenceOf = async (one: Sold) => {
  const [attempt] = await accountOf(partner.account).readAttempts(one.id);
  return attempt?.evidence.filter(({ kind }) => kind === "balance_segment").map(({ key }) => key);
};
const attemptOf = async (one: Sold) => {
  const [attempt] = await accountOf(partner.account).readAttempts(one.id);
  return readReference("LC", attempt?.reference ?? "")?.counter ?? 0;
};
const take = async (one: Sold, more: Partial<SegmentWordGiven> = {}, from = "nurr-sandbox") =>
  accountOf(partner.account).takeSegmentWords(from, [{ ...word, ...more, attempt: await attemptOf(one) }]);

describe("a segment's word about an attempt", () => {
  it("settles it once, and says nothing new between other balances", async () => {
    const one = await sell(partner, "41");
    expect(await take(one, {}, "aopay-sandbox")).toBe(0);
    expect(await take(one)).toBe(1);
    expect(await stateOf(partner, one)).toBe("failed");
    expect(await take(one)).toBe(0);
    expect(await take(one, { key: "balance_segment:0-3:failure" })).toBe(0);
    expect(await evidenceOf(one)).toEqual([word.key]);
    expect(await wrongOnes(partner, [one])).toEqual([]);
  });

  it("against an explicit word, which may have come meanwhile, moves nothing and is a case", async () => {
    const one = await sell(partner, "00");
    await take(one);
    expect(await stateOf(partner, one)).toBe("succeeded, case");
    expect(await wrongOnes(partner, [one])).toEqual([]);
  });

  it("that says what is missing proves nothing, and gives it to a person", async () => {
    const one = await sell(partner, "41");
    expect(await take(one, { key: "k", word: "unclear", opens: "doubt" })).toBe(0);
    expect(await stateOf(partner, one)).toBe("pending, case");
    await take(one);
    expect(await stateOf(partner, one)).toBe("failed");
  });
});
