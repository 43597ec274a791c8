// What a piece of evidence proves by itself, how partners read it, and who is who among staff.
import { describe, expect, it } from "vitest";
import { dispositions } from "../../../src/recharges/dispute.ts";
import { isSamePerson } from "../../../src/recharges/person.ts";
import { proofOf, proofs, wordsForPartner } from "../../../src/recharges/proof-of.ts";
import { said } from "./evidence-fixture.ts";

describe("proofOf", () => {
  const cases = [
    ["reply", "success", "executed"],
    ["balance_segment", "success", "executed"],
    ["ruling", "success", "executed"],
    ["callback", "failure", "not_executed"],
    ["reply", "declined", "not_executed"],
    ["lookup", "pending", "accepted"],
    ["absence", "absent", "not_known"],
    ["lookup", "unclear", "nothing"],
    ["hint", "success", "reason_to_ask"],
    ["hint", "failure", "reason_to_ask"],
    ["hint", "pending", "reason_to_ask"],
    ["hint", "unclear", "nothing"],
  ] as const;
  it.each(cases)("a %s that says %s: %s", (kind, word, proves) => {
    expect(proofOf(said(kind, word, 1))).toBe(proves);
  });

  it("an answer that cannot be read but has an id of theirs shows that they have the order", () => {
    expect(proofOf(said("reply", "unclear", 1, { theirReference: "T-1" }))).toBe("accepted");
    expect(proofOf(said("absence", "absent", 1, { theirReference: "T-1" }))).toBe("not_known");
    expect(proofOf(said("hint", "unclear", 1, { theirReference: "T-1" }))).toBe("nothing");
  });

  it("is of this list", () => {
    expect(proofs).toEqual(["executed", "not_executed", "accepted", "not_known", "reason_to_ask", "nothing"]);
  });
});

describe("wordsForPartner", () => {
  it.each([
    [
      'HTTP 200 {"STATUS":"FAILED","BAL":"1234.50","AMOUNT":"20"}',
      'HTTP 200 {"STATUS":"FAILED","BAL":"•••","AMOUNT":"20"}',
    ],
    ["<BAL>98,765.00</BAL><OPID>7</OPID>", "<BAL>•••</BAL><OPID>7</OPID>"],
    ['"before_balance": "1000.00", "after_balance": 980', '"before_balance": "•••", "after_balance": •••'],
    ['"commission_amount":0.2}', '"commission_amount":•••}'],
    ["Your Balance is Rs. 12 and 3 more", "Your Balance is Rs. ••• and 3 more"],
    ["Insufficient balance.", "Insufficient balance."],
    ["no answer: timeout", "no answer: timeout"],
  ])("of %s", (kept, shown) => {
    expect(wordsForPartner({ kind: "reply", said: kept })).toBe(shown);
  });
});

describe("isSamePerson", () => {
  it.each([
    ["asha", "asha", true],
    ["Asha", "asha", true],
    ["  Asha   Rao ", "asha rao", true],
    ["asha\trao", "asha rao", true],
    ["Ａsha", "asha", true],
    ["asha", "bela", false],
    ["asha rao", "asharao", false],
  ])("%j and %j: %s", (one, other, isSame) => {
    expect(isSamePerson(one, other)).toBe(isSame);
  });
});

describe("dispositions", () => {
  it("are NPCI's", () => {
    expect(dispositions).toEqual({
      D11: "service_not_received",
      D12: "service_disconnected",
      D13: "late_payment_surcharge",
      D21: "paid_to_wrong_account",
      D22: "double_payment",
      D23: "wrong_amount",
      D31: "payment_info_delay",
      D32: "account_not_updated",
    });
  });
});
