// What a set of evidence adds up to, case by case.
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../src/recharges/evidence.ts";
import { evidenceKinds } from "../../../src/recharges/evidence.ts";
import { isExplicit, verdictOf } from "../../../src/recharges/verdict.ts";
import { ruled, said, verdict } from "./evidence-fixture.ts";

const never = { settlesFrom: null };
const from100 = { settlesFrom: 100 };

describe("one piece alone", () => {
  const meanings = [
    ["hint", "success", "doubt"],
    ["hint", "failure", "doubt"],
    ["hint", "declined", "doubt"],
    ["hint", "pending", "doubt"],
    ["hint", "unclear", "doubt"],
    ["balance_segment", "success", "success"],
    ["balance_segment", "failure", "failure"],
    ["reply", "success", "success"],
    ["reply", "failure", "failure"],
    ["reply", "declined", "declined"],
    ["reply", "pending", "pending"],
    ["reply", "unclear", "doubt"],
    ["callback", "success", "success"],
    ["callback", "failure", "failure"],
    ["callback", "pending", "pending"],
    ["callback", "unclear", "doubt"],
    ["lookup", "success", "success"],
    ["lookup", "failure", "failure"],
    ["lookup", "pending", "pending"],
    ["lookup", "unclear", "doubt"],
    ["statement", "success", "success"],
    ["statement", "failure", "failure"],
    ["ruling", "success", "success"],
    ["ruling", "failure", "failure"],
    ["absence", "absent", "doubt"],
  ] as const;
  it.each(meanings)("%s that says %s means %s", (kind, word, meaning) => {
    const piece = said(kind, word, 100);
    const isLastWord = meaning !== "doubt" && meaning !== "pending";
    expect(verdictOf([piece], from100)).toEqual(
      verdict(meaning, { deciding: isLastWord ? piece : null, succeededAt: meaning === "success" ? 100 : null }),
    );
    expect(isExplicit(piece)).toBe(isLastWord);
  });

  it("is needed: no evidence is doubt", () => {
    expect(verdictOf([], from100)).toEqual(verdict("doubt"));
  });
});

describe("the strength of evidence", () => {
  it("grows in this order", () => {
    expect(evidenceKinds).toEqual([
      "absence",
      "hint",
      "balance_segment",
      "reply",
      "callback",
      "lookup",
      "statement",
      "ruling",
    ]);
  });

  const ladder = ["balance_segment", "reply", "callback", "lookup", "statement", "ruling"] as const;
  const pairs = ladder.flatMap((weaker, index) =>
    ladder.slice(index + 1).map((stronger) => [stronger, weaker] as const),
  );
  it.each(pairs)("lets an older %s go before a later %s", (stronger, weaker) => {
    for (const [word, other] of [
      ["success", "failure"],
      ["failure", "success"],
    ] as const) {
      const decides = said(stronger, word, 1);
      expect(verdictOf([said(weaker, other, 2), decides], never)).toMatchObject({ word, deciding: decides });
    }
  });

  const laterWins = [
    ["success", "failure", "failure"],
    ["failure", "success", "success"],
    ["declined", "success", "success"],
    ["success", "declined", "declined"],
    ["declined", "failure", "failure"],
    ["failure", "declined", "declined"],
  ] as const;
  it.each(laterWins)("lets the later of two equals win: %s, then %s", (first, then, word) => {
    expect(verdictOf([said("lookup", first, 1), said("lookup", then, 2)], never).word).toBe(word);
  });

  it("does not let a later pending or unclear answer take a word back", () => {
    const reply = said("reply", "success", 1);
    const later = [said("lookup", "pending", 2), said("lookup", "unclear", 3), said("absence", "absent", 200)];
    expect(verdictOf([reply, ...later], from100)).toEqual(verdict("success", { deciding: reply, succeededAt: 1 }));
  });
});

const against = (left: Evidence["word"], right: Evidence["word"]) => [
  said("lookup", left, 5),
  said("lookup", right, 5),
];

describe("equal strength for the same moment", () => {
  it.each([
    ["success", "failure"],
    ["failure", "success"],
    ["success", "declined"],
    ["declined", "success"],
  ] as const)("is doubt where it says %s and %s", (left, right) => {
    expect(verdictOf(against(left, right), never)).toEqual(
      verdict("doubt", { isContradicted: true, isDisputed: true, succeededAt: 5 }),
    );
  });

  it("is a failure where it says failure and declined, so that nobody else is asked", () => {
    const failure = said("lookup", "failure", 5);
    expect(verdictOf([said("lookup", "declined", 5), failure], never)).toEqual(
      verdict("failure", { deciding: failure }),
    );
  });

  it("is no doubt where the words are the same, and the first key is cited", () => {
    const [a, b] = [said("lookup", "success", 5, { key: "a" }), said("lookup", "success", 5, { key: "b" })];
    expect(verdictOf([b, a], never)).toEqual(verdict("success", { deciding: a, succeededAt: 5 }));
  });

  it("is no doubt where the other word is weaker or older", () => {
    const success = said("lookup", "success", 5);
    expect(verdictOf([success, said("reply", "failure", 5)], never).word).toBe("success");
    expect(verdictOf([success, said("lookup", "failure", 4)], never).word).toBe("success");
  });
});

describe("contradiction", () => {
  const replied = said("reply", "success", 1);
  const lookedUp = said("lookup", "failure", 2);
  const firstRuling = ruled("failure", 3, []);
  const cases = [
    ["success and failure", [said("reply", "success", 1), said("lookup", "failure", 2)], true],
    ["success and declined", [said("reply", "declined", 1), said("lookup", "success", 2)], true],
    ["failure and declined", [said("reply", "declined", 1), said("lookup", "failure", 2)], false],
    ["two successes", [said("reply", "success", 1), said("lookup", "success", 2)], false],
    ["a success and an absence", [said("reply", "success", 1), said("absence", "absent", 200)], false],
    ["a success and a pending", [said("reply", "success", 1), said("lookup", "pending", 2)], false],
    ["answered by a ruling", [replied, lookedUp, ruled("failure", 3, [replied, lookedUp])], false],
    ["a ruling that answers one of them", [replied, lookedUp, ruled("failure", 3, [replied])], false],
    ["a ruling against the one that it has not seen", [replied, lookedUp, ruled("failure", 3, [lookedUp])], true],
    ["a word that the ruling saw, whatever its time", [ruled("failure", 1, [replied]), replied], false],
    ["an older word that came after the ruling", [ruled("failure", 9, []), said("lookup", "success", 2)], true],
    ["a word of the ruling's own kind after it", [ruled("failure", 3, [replied]), replied, lookedUp], false],
    ["rulings: the later answers", [firstRuling, ruled("success", 4, [firstRuling])], false],
    ["rulings that know nothing of each other", [firstRuling, ruled("success", 4, [])], true],
  ] as const;
  it.each(cases)("of %s: %#", (_name, pieces, isContradicted) => {
    const found = verdictOf(pieces, from100);
    expect(found.isContradicted).toBe(isContradicted);
    expect(found.isDisputed).toBe(isContradicted);
  });
});

describe("a hint", () => {
  const success = said("reply", "success", 1);
  it.each([
    ["failure", true],
    ["success", false],
    ["pending", false],
    ["unclear", false],
  ] as const)("of %s about a success: disputed %s, never contradicted", (word, isDisputed) => {
    const found = verdictOf([said("hint", word, 2), success], never);
    expect(found).toEqual(verdict("success", { deciding: success, succeededAt: 1, isDisputed }));
  });

  it("of success about a failure disputes nothing", () => {
    const failure = said("reply", "failure", 1);
    expect(verdictOf([failure, said("hint", "success", 2)], never)).toEqual(verdict("failure", { deciding: failure }));
  });

  it("of failure is answered by a later ruling", () => {
    const hint = said("hint", "failure", 2);
    expect(verdictOf([success, hint, ruled("success", 3, [success, hint])], never).isDisputed).toBe(false);
    expect(verdictOf([success, hint, ruled("success", 3, [success])], never).isDisputed).toBe(true);
  });
});

describe("the time of a success", () => {
  it("is the latest for which one speaks, whatever decides", () => {
    const pieces = [said("reply", "success", 3), said("callback", "success", 7), said("lookup", "failure", 9)];
    expect(verdictOf(pieces, never).succeededAt).toBe(7);
  });
});
