// A reward on nurr's wire, beside the seed's own sample.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { RewardView } from "../../../src/recharges/reward.ts";
import { presentReward } from "../../../src/rewards/present.ts";
import { writeNurrReply } from "../../../src/wire/nurr/reply.ts";

const none = { ok: true, message: "No eligible active offer found" };

function writtenFor(reward: RewardView | null): unknown {
  const { body } = writeNurrReply({
    state: "success",
    fullName: "Customer Name",
    phone: "01712345678",
    amount: minor(2_000),
    operatorName: "Grameenphone",
    commission: minor(20),
    before: minor(100_000),
    after: minor(98_020),
    operatorTransactionId: "TXN123456789",
    failureReason: "",
    reward: presentReward(reward),
  });
  return JSON.parse(body).reward;
}

test("is the seed's sample where points reach silver and no offer pays", () => {
  const seed = readFileSync("docs/seeds/nurr.txt", "utf8");
  const sample = /"reward": (\{[\s\S]*?\}\n\})\n\}/.exec(seed)?.[1] ?? "";
  const given = { pointsHundredths: 10, level: { id: 1, key: "silver" }, cashback: null };
  expect(writtenFor(given)).toEqual(JSON.parse(sample));
});

test("says the seed's text of offers for points too where the programme is off", () => {
  const points = { ...none, points: 0, new_level_id: null, new_level_key: null };
  expect(writtenFor(null)).toEqual({ ok: true, points, cashback: none });
});

test("says how much a cashback was", () => {
  const cashback = { offer: "summer", amount: minor(150), currency: "BDT" } as const;
  expect(writtenFor({ pointsHundredths: 0, level: { id: 2, key: "gold" }, cashback })).toEqual({
    ok: true,
    points: { ...none, points: 0, new_level_id: 2, new_level_key: "gold" },
    cashback: { ok: true, message: "Cashback awarded successfully", amount: "1.50" },
  });
});

test("names no level where none is reached", () => {
  expect(writtenFor({ pointsHundredths: 5, level: null, cashback: null })).toEqual({
    ok: true,
    points: {
      ok: true,
      message: "Points awarded successfully",
      points: 0.05,
      new_level_id: null,
      new_level_key: null,
    },
    cashback: none,
  });
});
