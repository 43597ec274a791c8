// Evidence in any order on real accounts: the account does what the model does, and no money is lost.
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountContext } from "../../src/accounts/context.ts";
import { readEvidence } from "../../src/accounts/evidence-view.ts";
import { applyEvidence, applyRuling } from "../../src/accounts/settle.ts";
import type { Evidence } from "../../src/recharges/evidence.ts";
import { byHand } from "../support/account-by-hand.ts";
import { placePending } from "../support/reward-histories.ts";
import { expectInvariants, newAccount, useSimulator } from "../support/sandbox.ts";
import { evidenceSets, moneyAgrees, settleInModel } from "../support/settlement-model.ts";

beforeEach(useSimulator);

describe("any evidence in any order", () => {
  it("leaves an account where the model has it: money with the verdict, or one open case", async () => {
    await fc.assert(
      fc.asyncProperty(evidenceSets(5), fc.infiniteStream(fc.nat(1_000)), async (set, picks) => {
        const { account } = await newAccount(1_000_000);
        await byHand(account, async (context) => {
          for (let round = 0; round < 6; round++) {
            const arrived = set
              .map((piece) => ({ piece, at: picks.next().value }))
              .toSorted((left, right) => left.at - right.at)
              .map(({ piece }) => piece);
            // oxlint-disable-next-line no-await-in-loop -- one account, one order after the other
            expect(await settleByHand(context, arrived)).toEqual(settledInModel(arrived));
          }
        });
        await expectInvariants(account);
      }),
      { numRuns: 12 },
    );
  });
});

/** What the provider says at once to every order that is placed by hand. */
const accepted: Evidence = {
  key: "reply:pending",
  kind: "reply",
  word: "pending",
  speaksAt: 0,
  receivedAt: 0,
  operatorReference: null,
  theirReference: null,
  cause: null,
  said: "PENDING",
};

function settledInModel(arrived: readonly Evidence[]) {
  const { state, attempt, openCase, verdict } = settleInModel(arrived, null, [accepted]);
  expect(openCase !== null).toBe(verdict.isContradicted || !moneyAgrees({ state, attempt }));
  return { state, attempt, openCase, verdict: verdict.word, isContradicted: verdict.isContradicted };
}

/** Places an order, lets the evidence arrive in this order, and reads what it came to. */
async function settleByHand(context: AccountContext, arrived: readonly Evidence[]) {
  const counter = await placePending(context);
  for (const piece of arrived) {
    const recharge = context.recharges.find(context.recharges.findAttempt(counter)?.recharge ?? 0);
    if (recharge === null) throw new Error("no recharge");
    const ruling = { number: 1, word: "success", reason: "", proposedBy: "a", confirmedBy: "b" } as const;
    if (piece.kind === "ruling")
      context.atomically(() => applyRuling(context, recharge, [{ attempt: counter, piece }], ruling));
    else applyEvidence(context, counter, { piece, providerCommission: null, nextProvider: null, isLookup: false });
  }
  const recharge = context.recharges.find(context.recharges.findAttempt(counter)?.recharge ?? 0);
  if (recharge === null) throw new Error("no recharge");
  const view = readEvidence(context, recharge);
  const attempt = view.attempts[0];
  return {
    state: view.recharge.state,
    attempt: attempt?.state,
    openCase: view.openCase?.kind ?? null,
    verdict: attempt?.verdict,
    isContradicted: attempt?.isContradicted,
  };
}
