// What an attempt's own evidence says of it to a balance segment.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { Evidence } from "../../../src/recharges/evidence.ts";
import { heardOf } from "../../../src/recharges/segment-calls.ts";
import { callClearAt } from "../../../src/recharges/segment-history.ts";

const endsBy = 1_600;
const balances = { before: minor(10_000), after: minor(9_010) };
const facts = { endsBy, providerCommission: minor(10), absence: { settlesFrom: null } };

function piece(kind: Evidence["kind"], word: Evidence["word"], at: number, more: Partial<Evidence> = {}): Evidence {
  const none = { operatorReference: null, theirReference: null, cause: null };
  return { key: `${kind}:${at}`, kind, word, speaksAt: at, receivedAt: at, said: word, ...none, ...more };
}

const heard = (...evidence: Evidence[]) => heardOf(evidence, facts);

describe("a call as its answer leaves it", () => {
  it("that was answered stands by its reply, with both balances and what was kept back", () => {
    expect(heard(piece("reply", "success", 1_020, { balances }))).toEqual({
      word: "success",
      answeredAt: 1_020,
      overBy: endsBy,
      balances,
      commission: 10,
    });
    expect(heard(piece("reply", "failure", 1_020, { balances }))).toMatchObject({
      word: "failure",
      answeredAt: 1_020,
      balances,
      commission: null,
    });
    expect(heard(piece("reply", "declined", 1_020))).toMatchObject({ word: "declined", answeredAt: 1_020 });
  });

  it.each([
    ["nothing", []],
    ["something that says nothing", [piece("reply", "unclear", 1_020, { balances })]],
    ["an unauthenticated callback", [piece("reply", "unclear", 1_020), piece("hint", "success", 1_900)]],
  ])("of which %s was heard is lost until the end of its limit", (_, evidence) => {
    expect(heard(...evidence)).toEqual({
      word: "none",
      answeredAt: null,
      overBy: endsBy,
      balances: null,
      commission: null,
    });
  });

  it.each([
    ["said pending", piece("reply", "pending", 1_020)],
    ["gave an id of its own and no state", piece("reply", "unclear", 1_020, { theirReference: "T1" })],
  ])("of which the provider %s is open until its last word", (_, reply) => {
    expect(heard(reply)).toMatchObject({ word: "none", overBy: null });
    expect(callClearAt({ ...heard(reply), id: "a", sentAt: 0, costs: [] }, { finalAfterMs: 1, staleForMs: 1 })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(heard(reply, piece("callback", "success", 5_000))).toMatchObject({
      word: "success",
      answeredAt: null,
      overBy: 5_000,
      balances: null,
    });
  });
});

describe("a call of which more was heard", () => {
  it("whose word came by lookup, callback, statement or ruling may have moved the money as late", () => {
    for (const kind of ["lookup", "callback", "statement", "ruling"] as const)
      expect(heard(piece("reply", "unclear", 1_020, { balances }), piece(kind, "success", 4_000))).toEqual({
        word: "success",
        answeredAt: null,
        overBy: 4_000,
        balances: null,
        commission: null,
      });
  });
  it("is lost to a segment whatever a segment said before", () => {
    expect(heard(piece("reply", "unclear", 1_020), piece("balance_segment", "success", 9_000))).toMatchObject({
      word: "none",
      overBy: endsBy,
    });
  });

  it("that a later word took back is reversed, by whomever", () => {
    const success = piece("reply", "success", 1_020, { balances });
    for (const kind of ["lookup", "statement"] as const)
      expect(heard(success, piece(kind, "failure", 4_000))).toMatchObject({ word: "reversed", answeredAt: 1_020 });
    const ruled = piece("ruling", "failure", 4_000, { answers: [success.key] });
    expect(heard(success, ruled)).toMatchObject({ word: "reversed", answeredAt: 1_020 });
  });

  it("about which words of both kinds stand is disputed", () => {
    const failure = piece("reply", "failure", 1_020);
    expect(heard(failure, piece("lookup", "success", 4_000))).toMatchObject({ word: "disputed", answeredAt: null });
    expect(heard(piece("lookup", "failure", 4_000), piece("lookup", "success", 4_000, { key: "x" }))).toMatchObject({
      word: "disputed",
      overBy: 4_000,
    });
    expect(heard(piece("reply", "success", 4_000), piece("lookup", "failure", 3_000))).toMatchObject({
      word: "disputed",
    });
  });

  it("that two absences settled failed when the second one came", () => {
    const absences = [piece("absence", "absent", 3_000), piece("absence", "absent", 4_000)];
    expect(heardOf(absences, { ...facts, absence: { settlesFrom: 2_000 } })).toMatchObject({
      word: "failure",
      answeredAt: null,
      overBy: 4_000,
    });
  });
});
