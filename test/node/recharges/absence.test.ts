// When a reference that the upstream does not know means that nothing was ever done.
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../src/recharges/verdict.ts";
import { said, verdict } from "./evidence-fixture.ts";

const from100 = { settlesFrom: 100 };
const absent = (at: number) => said("absence", "absent", at);

describe("absence", () => {
  it("settles as failed when it was seen twice from the moment on, and cites the second", () => {
    const second = absent(101);
    expect(verdictOf([second, absent(100)], from100)).toEqual(verdict("failure", { deciding: second }));
  });

  it("cites the second of many, by time and then by key", () => {
    const [a, b] = [said("absence", "absent", 100, { key: "a" }), said("absence", "absent", 100, { key: "b" })];
    expect(verdictOf([absent(300), b, a], from100).deciding).toBe(b);
    expect(verdictOf([absent(300), absent(200), absent(150)], from100).deciding?.speaksAt).toBe(200);
    expect(verdictOf([absent(1_000), absent(300), absent(200)], from100).deciding?.speaksAt).toBe(300);
  });

  it.each([
    ["once", [absent(100)]],
    ["once in time", [absent(99), absent(100)]],
    ["twice too early", [absent(98), absent(99)]],
    ["many times too early and once in time", [absent(10), absent(50), absent(99), absent(5_000)]],
  ])("does not settle when it was seen %s", (_name, pieces) => {
    expect(verdictOf(pieces, from100)).toEqual(verdict("doubt"));
  });

  it("never settles where the provider's absence means nothing", () => {
    expect(verdictOf([absent(100), absent(1e12)], { settlesFrom: null })).toEqual(verdict("doubt"));
  });

  const there = [
    ["a pending reply", said("reply", "pending", 1), "pending"],
    ["a pending lookup", said("lookup", "pending", 150), "pending"],
    ["a hint of success", said("hint", "success", 1), "doubt"],
    ["a hint that it is pending", said("hint", "pending", 1), "doubt"],
    ["an unreadable state with an id of theirs", said("reply", "unclear", 1, { theirReference: "T-1" }), "doubt"],
  ] as const;
  it.each(there)("never settles against %s", (_name, piece, word) => {
    expect(verdictOf([piece, absent(100), absent(200)], from100)).toEqual(verdict(word));
  });

  const silent = [
    ["an unreadable answer", said("reply", "unclear", 1)],
    ["an unreadable lookup", said("lookup", "unclear", 150)],
    ["a hint of failure", said("hint", "failure", 1)],
    ["a hint of failure with an id of theirs", said("hint", "failure", 1, { theirReference: "T-1" })],
    ["an unreadable hint", said("hint", "unclear", 1)],
  ] as const;
  it.each(silent)("settles beside %s", (_name, piece) => {
    expect(verdictOf([piece, absent(100), absent(200)], from100).word).toBe("failure");
  });

  it("never goes before an explicit word, even the weakest", () => {
    const segment = said("balance_segment", "success", 1);
    expect(verdictOf([absent(100), absent(200), segment], from100).deciding).toBe(segment);
  });
});
