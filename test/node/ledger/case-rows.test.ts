// Which rows of cases and disputes an event writes.
import { expect, test } from "vitest";
import { caseRow, disputeRow } from "../../../src/ledger/case-rows.ts";
import { rechargeOf, sampleRuling, walletView } from "../../support/sample-events.ts";

const numbered = { number: 5, at: 900, wallet: walletView("INR", 0, 0, 0) };
const recharge = rechargeOf(7, 3, {});
const dispute = { number: 2, rechargeId: recharge.id, disposition: "D22", comment: "twice", reason: null } as const;

test("a case is opened by its event and closed by what settles it", () => {
  expect(caseRow({ ...numbered, type: "recharge.case_opened", recharge, case: "late_success" }, 3)).toEqual([
    [5, 3, "late_success", 900, null],
  ]);
  expect(caseRow({ ...numbered, type: "recharge.failed", recharge, closesCase: "doubt" }, 3)).toEqual([
    [5, 3, "doubt", 900, 900],
  ]);
  const ruled = { ...numbered, type: "recharge.case_ruled", recharge, ruling: sampleRuling } as const;
  expect(caseRow({ ...ruled, closesCase: "contradiction" }, 3)).toEqual([[5, 3, "contradiction", 900, 900]]);
});

test("what neither opens nor closes a case writes none", () => {
  expect(caseRow({ ...numbered, type: "recharge.succeeded", recharge }, 3)).toBeNull();
  expect(caseRow({ ...numbered, type: "recharge.case_ruled", recharge, ruling: sampleRuling }, 3)).toBeNull();
  expect(caseRow({ ...numbered, type: "account.low_balance" }, null)).toBeNull();
});

test.each([
  ["dispute.opened", "open", null],
  ["dispute.won", "won", 900],
  ["dispute.lost", "lost", 900],
] as const)("%s makes a dispute %s", (type, state, closedAt) => {
  expect(disputeRow({ ...numbered, type, dispute: { ...dispute, reason: "why" } }, 3)).toEqual([
    [5, 3, 2, "D22", "twice", state, "why", 900, closedAt],
  ]);
});

test("other events write no dispute", () => {
  expect(disputeRow({ ...numbered, type: "recharge.placed", recharge }, 3)).toBeNull();
});
