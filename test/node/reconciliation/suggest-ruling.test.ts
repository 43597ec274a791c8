// What is suggested to staff for each kind of case, and why.
import { describe, expect, it } from "vitest";
import { suggestions, suggestRuling } from "../../../src/reconciliation/suggest-ruling.ts";
import { caseKinds } from "../../../src/recharges/events.ts";
import { said } from "../recharges/evidence-fixture.ts";

const of = (...verdicts: readonly ("success" | "failure" | "declined" | "pending" | "doubt")[]) =>
  verdicts.map((verdict) => ({ verdict, evidence: [] }));

describe("a case", () => {
  const cases = [
    ["two_successes", of("success", "success"), "success", "executed_more_than_once"],
    ["late_success", of("success"), "success", "executed_after_refund"],
    ["reversal_disputed", of("failure"), null, "too_weak"],
    ["contradiction", of("success"), "success", "strongest_word"],
    ["contradiction", of("declined", "success"), "success", "strongest_word"],
    ["contradiction", of("declined", "failure"), "failure", "strongest_word"],
    ["contradiction", of("doubt"), null, "equal_words"],
    ["contradiction", of("failure", "doubt"), null, "equal_words"],
    ["contradiction", of("failure", "pending"), null, "equal_words"],
    ["doubt", of("doubt"), null, "nobody_said"],
    ["doubt", of("declined", "doubt"), null, "nobody_said"],
    ["doubt", of("declined", "pending"), null, "accepted"],
  ] as const;
  it.each(cases)("%s with %j: %s, because %s", (kind, attempts, word, because) => {
    const suggestion = suggestRuling({ openCase: { kind }, disputedAt: 5, attempts });
    expect(suggestion).toEqual({ word, because, text: suggestions[because] });
  });

  it("is tested of every kind", () => {
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(caseKinds));
  });
});

describe("a dispute without a case", () => {
  const cases = [
    ["a lookup since then", said("lookup", "success", 5), "asked_again"],
    ["a statement since then", said("statement", "success", 6), "asked_again"],
    ["an older lookup", said("lookup", "success", 4), "not_asked"],
    ["a callback", said("callback", "success", 6), "not_asked"],
    ["a lookup that says pending", said("lookup", "pending", 6), "not_asked"],
  ] as const;
  it.each(cases)("with %s", (_name, piece, because) => {
    const declined = { verdict: "declined", evidence: [said("reply", "declined", 9)] } as const;
    const attempts = [declined, { verdict: "success", evidence: [said("reply", "success", 1), piece] }] as const;
    const word = because === "asked_again" ? "success" : null;
    expect(suggestRuling({ openCase: null, disputedAt: 5, attempts })).toEqual({
      word,
      because,
      text: suggestions[because],
    });
  });
});

describe("a recharge without case and dispute", () => {
  it("has nothing to rule", () => {
    expect(suggestRuling({ openCase: null, disputedAt: null, attempts: of("success") })).toBeNull();
  });

  it("every suggestion says something else, as a sentence", () => {
    const texts = Object.values(suggestions);
    expect(new Set(texts).size).toBe(9);
    for (const text of texts) expect(text).toMatch(/^[A-Z].+\.$/);
  });
});
