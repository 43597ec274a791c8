// What an answer is worth to the attempt that it is about.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { Carried, LookupOutcome, Outcome } from "../../../src/recharges/outcome.ts";
import { evidenceOf, foreignPart } from "../../../src/recharges/reading.ts";

const attempt = { reference: "L1000010000001", theirReference: "T-1", number: "9812345678", amount: minor(2_000) };
const unnamed = { ...attempt, theirReference: null };
const reply = { kind: "reply", askedAt: 1_000, now: 1_500 } as const;
const lookup = { kind: "lookup", askedAt: 5_000, now: 5_700 } as const;

describe("what an answer carries", () => {
  const cases: [string, Carried, string | null][] = [
    ["nothing", {}, null],
    [
      "all of it",
      { ourReference: attempt.reference, theirReference: "T-1", number: attempt.number, amount: minor(2_000) },
      null,
    ],
    [
      "other things",
      { operatorReference: "OP", balanceBefore: minor(1), balanceAfter: minor(0), providerCommission: minor(3) },
      null,
    ],
    ["another reference", { ourReference: "L1000010000002" }, "reference"],
    ["no reference, where it should be", { ourReference: "" }, "reference"],
    ["another id of theirs", { theirReference: "T-2" }, "provider's reference"],
    ["another number", { number: "9812345679" }, "number"],
    ["another amount", { amount: minor(2_001) }, "amount"],
    ["all of it another's", { ourReference: "x", theirReference: "x", number: "x", amount: minor(1) }, "reference"],
    ["the last three another's", { theirReference: "x", number: "x", amount: minor(1) }, "provider's reference"],
    ["the last two another's", { number: "x", amount: minor(1) }, "number"],
  ];
  it.each(cases)("%s: foreign is %3$s", (_name, carried, foreign) => {
    expect(foreignPart(carried, attempt)).toBe(foreign);
  });

  it("may be the first to name an id of theirs", () => {
    expect(foreignPart({ theirReference: "T-9" }, unnamed)).toBeNull();
  });
});

type Heard = Exclude<Outcome | LookupOutcome, { kind: "not_started" }>;

describe("the word of an outcome", () => {
  const words: [Heard, string][] = [
    [{ kind: "succeeded", carried: {}, said: "" }, "success"],
    [{ kind: "failed", cause: "number", carried: {}, said: "" }, "failure"],
    [{ kind: "failed", carried: {}, said: "" }, "failure"],
    [{ kind: "declined", carried: {}, said: "" }, "declined"],
    [{ kind: "pending", carried: {}, said: "" }, "pending"],
    [{ kind: "not_found", carried: {}, said: "" }, "absent"],
    [{ kind: "in_doubt", carried: {}, said: "" }, "unclear"],
  ];
  it.each(words)("%j is %s, and unclear where it carries another's number", (outcome, word) => {
    expect(evidenceOf(outcome, attempt, lookup).evidence.word).toBe(word);
    const foreign = { ...outcome, carried: { number: "9812345679" } };
    const { evidence, alarm } = evidenceOf(foreign, attempt, lookup);
    expect(evidence).toMatchObject({ word: "unclear", kind: "lookup", cause: null });
    expect(alarm).toBe("an answer carried another number");
  });

  it("outside the closed set is a fault", () => {
    const outcome: Heard = JSON.parse('{"kind":"refunded","carried":{},"said":""}');
    expect(() => evidenceOf(outcome, attempt, reply)).toThrow("invariant broken: unexpected string");
  });
});

describe("the evidence of a reply", () => {
  it("speaks for the moment of its arrival and is one piece per send", () => {
    const carried = { theirReference: "T-1", operatorReference: "OP-1", balanceAfter: minor(5) };
    expect(evidenceOf({ kind: "succeeded", carried, said: "SUCCESS" }, attempt, reply)).toEqual({
      evidence: {
        key: "reply:1000",
        kind: "reply",
        word: "success",
        speaksAt: 1_500,
        receivedAt: 1_500,
        operatorReference: "OP-1",
        theirReference: "T-1",
        cause: null,
        said: "SUCCESS",
      },
      alarm: null,
    });
  });

  it("of a failure has its cause and no operator's reference", () => {
    const carried = { theirReference: "T-1", operatorReference: "no balance at operator" };
    expect(evidenceOf({ kind: "failed", cause: "amount", carried, said: "FAILED" }, unnamed, reply).evidence).toEqual({
      key: "reply:1000",
      kind: "reply",
      word: "failure",
      speaksAt: 1_500,
      receivedAt: 1_500,
      operatorReference: null,
      theirReference: "T-1",
      cause: "amount",
      said: "FAILED",
    });
  });

  it("about another attempt keeps the words, nothing else, and raises that alarm before its own", () => {
    const carried = { ourReference: "L1000010000002", theirReference: "T-1", operatorReference: "OP-1" };
    const outcome = { kind: "succeeded", carried, said: "SUCCESS", alarm: "its own" } as const;
    const { evidence, alarm } = evidenceOf(outcome, attempt, reply);
    expect(evidence).toMatchObject({ word: "unclear", operatorReference: null, theirReference: null, said: "SUCCESS" });
    expect(alarm).toBe("an answer carried another reference");
  });

  it("without references has none, and hands its alarm on", () => {
    const outcome = { kind: "succeeded", carried: {}, said: "", alarm: "balances do not foot" } as const;
    const { evidence, alarm } = evidenceOf(outcome, attempt, reply);
    expect(evidence).toMatchObject({ operatorReference: null, theirReference: null });
    expect(alarm).toBe("balances do not foot");
  });
});

describe("the evidence of a lookup", () => {
  it("speaks for the moment of the question", () => {
    const { evidence } = evidenceOf({ kind: "pending", carried: {}, said: "" }, attempt, lookup);
    expect(evidence).toMatchObject({ key: "lookup:5000", kind: "lookup", speaksAt: 5_000, receivedAt: 5_700 });
  });

  it("of a failure blames the operator", () => {
    const { evidence } = evidenceOf({ kind: "failed", carried: { theirReference: "T-1" }, said: "" }, attempt, lookup);
    expect(evidence.cause).toBe("operator");
  });

  it("that found nothing is the weakest kind", () => {
    const { evidence } = evidenceOf({ kind: "not_found", carried: {}, said: "NOTFOUND" }, attempt, lookup);
    expect(evidence).toMatchObject({ key: "lookup:5000", kind: "absence", word: "absent", speaksAt: 5_000 });
  });
});
