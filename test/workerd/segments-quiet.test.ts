// A quiet of a provider: routing leaves it out, so that a balance comes that proves what was lost.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { bookSchema } from "../../src/api/admin-segment-schema.ts";
import { ask, askStaff, orderBody } from "../support/api-journey.ts";
import { newBangladeshNumber, useSimulator } from "../support/sandbox.ts";
import {
  declare,
  judge,
  newSeller,
  provider,
  quietCall,
  sell,
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
    expect((await Promise.all([order(), order(), order()])).toSorted()).toEqual([201, 503, 503]);
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
