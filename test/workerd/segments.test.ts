// Balance segments at nurr, whose lost answers nobody can be asked about: what the wallet proves, and what it must not.
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, askStaff } from "../support/api-journey.ts";
import { sendToSimulator, useSimulator } from "../support/sandbox.ts";
import {
  answerTogether,
  declare,
  judge,
  moveUpstream,
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
  wasKept,
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

/** Sells these at once between two quiet calls, so that none closes a segment before the others are sent, and judges. */
async function between(suffixes: readonly (readonly [suffix: string, amount: string])[], meanwhile = async () => {}) {
  await quietCall(partner);
  answerTogether(suffixes.length);
  const sold = await Promise.all(suffixes.map(([suffix, amount]) => sell(partner, suffix, amount)));
  await meanwhile();
  await quietCall(partner);
  return { sold, judged: await judge() };
}

const states = (sold: readonly Sold[]) => Promise.all(sold.map(async (one) => stateOf(partner, one)));

describe("a wallet that is ours alone", () => {
  it("settles every lost answer of a hundred recharges without a person, none wrongly", async () => {
    await declare("exclusive", "refund_free");
    await quietCall(partner);
    const faults = { seed: "show", rate: 0.05, kinds: ["lost_after_execution", "lost_before_execution"] };
    await sendToSimulator("http://simulator.test/faults", { method: "PUT", body: JSON.stringify(faults) });
    const sold: Sold[] = [];
    // Fixed numbers and amounts, so that the seed loses the same ones each time.
    for (let first = 0; first < 100; first += 20) {
      const some = Array.from({ length: 20 }, (_, index) => first + index);
      sold.push(
        ...(await Promise.all(
          some.map((n) => sellTo(partner, `017${200_000 + n}99`, `${10 + ((n * 7_919 + 31 * n * n) % 9_000)}.00`)),
        )),
      );
    }
    await sendToSimulator("http://simulator.test/faults", {
      method: "PUT",
      body: JSON.stringify({ ...faults, rate: 0 }),
    });
    const lost = sold.filter(({ state }) => state === "pending");
    const kept = await Promise.all(lost.map(wasKept));
    expect(new Set(kept)).toEqual(new Set([true, false]));
    await quietCall(partner);
    const judged = await judge();
    expect(judged).toMatchObject({ kind: "judged", settled: lost.length, withdrawn: null });
    expect(await states(lost)).toEqual(kept.map((isKept) => (isKept ? "succeeded" : "failed")));
    expect(await wrongOnes(partner, sold)).toEqual([]);
    expect((await judge()).settled).toBe(0);
  }, 60_000);
});

describe("what arithmetic cannot tell", () => {
  it("stays a case with its money held: which of two equal costs it was; and what else is sure is settled", async () => {
    await declare("exclusive", "refund_free");
    const { sold, judged } = await between([
      ["40", "20.00"],
      ["41", "20.00"],
      ["40", "33.00"],
    ]);
    expect(judged).toMatchObject({ settled: 1, withdrawn: null });
    expect(judged.segments?.at(-1)?.judgement).toBe("proves_number");
    expect(await states(sold)).toEqual(["pending, case", "pending, case", "succeeded"]);
    expect(await wrongOnes(partner, sold)).toEqual([]);
    const file = await askStaff(`/recharges/${sold[0]?.id}/evidence`);
    expect(JSON.stringify(file.body)).toContain("1 of 2 of equal cost succeeded");
    // Our own balance is not the partner's business.
    const timeline = JSON.stringify((await ask(partner.key, `/v1/recharges/${sold[2]?.id}/evidence`)).body);
    expect(timeline).toContain("balance_segment");
    expect(timeline).not.toMatch(/Opening|closing|99\d{5}/);
  });

  it("is not guessed where staff had not declared the wallet exclusive, or refunds impossible, before it", async () => {
    const first = await between([["41", "20.00"]], () => moveUpstream("-19.80"));
    expect(first.judged).toEqual({ kind: "not_declared" });
    await declare("exclusive");
    const second = await between([["44", "20.00"]]);
    expect(second.judged.settled).toBe(0);
    expect(second.judged.segments?.at(-1)?.missing).toEqual(["refund_may_fall_in"]);
    const all = [...first.sold, ...second.sold];
    await wake(partner);
    expect(await states(all)).toEqual(["pending, case", "pending, case"]);
  });
});

describe("a movement that is not ours", () => {
  it("that staff recorded counts, once, also one of the very cost of a lost recharge", async () => {
    await declare("exclusive", "refund_free");
    const { sold, judged } = await between([["41", "20.00"]], async () => {
      await moveUpstream("-19.80");
      const from = new Date(Date.now()).toISOString();
      skip(1);
      const movement = { direction: "out", amount: "19.80", from, note: "fee", external_reference: "fee-1" };
      const path = `${provider}/float-movements`;
      expect((await askStaff(path, movement)).status).toBe(200);
      expect((await askStaff(path, movement)).body).toMatchObject({ movements: [{ change: "-19.80" }] });
      expect((await askStaff(path, { ...movement, amount: "19.81" })).status).toBe(422);
    });
    expect(judged).toMatchObject({ settled: 1, withdrawn: null });
    expect(await states(sold)).toEqual(["failed"]);
    expect(await wrongOnes(partner, sold)).toEqual([]);
  });

  it.each([
    ["of another amount", [["41", "20.00"]], "-7.00"],
    ["of the very cost of a lost recharge that was executed", [["40", "20.00"]], "-19.80"],
    [
      "that gives back what an answered recharge cost",
      [
        ["00", "20.00"],
        ["41", "33.00"],
      ],
      "19.80",
    ],
  ] as const)("%s takes the declaration, and what was lost is a case", async (_, suffixes, change) => {
    await declare("exclusive", "refund_free");
    const { sold, judged } = await between(suffixes, () => moveUpstream(change));
    expect(judged).toMatchObject({ settled: 0, withdrawn: expect.stringContaining("does not foot") });
    const lost = sold.filter(({ state }) => state === "pending");
    expect(await states(lost)).toEqual(lost.map(() => "pending, case"));
    // A word that, were it wrong, would explain the difference is for a person to look at.
    expect(await states(sold.slice(0, -1))).toEqual(sold.slice(0, -1).map(() => "succeeded, case"));
    expect(await wrongOnes(partner, sold)).toEqual([]);
    const stands = await askStaff(`${provider}/segments`);
    expect(stands.body).toMatchObject({
      book: {
        declarations: expect.arrayContaining([
          expect.objectContaining({ kind: "exclusive", withdrawn: expect.objectContaining({ by: "balance_segment" }) }),
        ]),
      },
    });
    expect(await judge()).toEqual({ kind: "not_declared" });
  });
});

describe("whatever the upstream does", () => {
  it("is seen by its wallet: executed after our limit, debited first and refunded, answered with nothing that counts", async () => {
    await declare("exclusive", "refund_free");
    const { sold, judged } = await between([
      ["42", "21.00"],
      ["44", "43.00"],
      ["52", "87.00"],
      ["53", "175.00"],
      ["73", "351.00"],
      ["05", "703.00"],
    ]);
    expect(judged).toMatchObject({ settled: 5, withdrawn: null });
    expect(await states(sold)).toEqual(["succeeded", "failed", "succeeded", "failed", "succeeded", "succeeded"]);
    expect(await wrongOnes(partner, sold)).toEqual([]);
  });

  it("a refund that staff declared impossible leaves a segment that does not foot, and cases", async () => {
    await declare("exclusive", "refund_free");
    const { sold, judged } = await between([
      ["45", "20.00"],
      ["41", "33.00"],
    ]);
    expect(judged).toMatchObject({ settled: 0, withdrawn: expect.stringContaining("does not foot") });
    expect(await states(sold)).toEqual(["succeeded, case", "pending, case"]);
  });
});

describe("while the ledger is down", () => {
  it("nothing is judged; and what it has not heard of yet is asked from the accounts", async () => {
    await declare("exclusive", "refund_free");
    await quietCall(partner);
    await env.DB.exec("alter table transfers rename to transfers_away");
    const sold = [
      await sell(partner, "00", "90.00"),
      await sell(partner, "40", "45.00"),
      await sell(partner, "41", "44.00"),
    ];
    await quietCall(partner);
    await env.DB.exec("alter table partners rename to partners_away");
    expect((await askStaff(`${provider}/segments`, undefined, "POST")).status).toBe(500);
    await env.DB.exec("alter table partners_away rename to partners");
    expect(await judge()).toMatchObject({ settled: 2, withdrawn: null });
    await env.DB.exec("alter table transfers_away rename to transfers");
    expect(await states(sold)).toEqual(["succeeded", "succeeded", "failed"]);
    expect(await wrongOnes(partner, sold)).toEqual([]);
  });
});
