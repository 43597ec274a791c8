// Evidence in any order on real accounts: the account does what the model does, and no money is lost.
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountContext } from "../../src/accounts/context.ts";
import { openCase as openByHand } from "../../src/accounts/keep-case.ts";
import { readEvidence } from "../../src/accounts/evidence-view.ts";
import { applyEvidence, applyRuling } from "../../src/accounts/settle.ts";
import type { Evidence } from "../../src/recharges/evidence.ts";
import { byHand } from "../support/account-by-hand.ts";
import { placePending } from "../support/reward-histories.ts";
import { expectInvariants, newAccount, useSimulator } from "../support/sandbox.ts";
import { evidenceSets, moneyAgrees, settleInModel } from "../support/settlement-model.ts";

beforeEach(useSimulator);

describe("a case that later evidence makes needless", () => {
  it("is closed, with a fact that says so, and without money", async () => {
    const { account } = await newAccount();
    await byHand(account, async (context) => {
      const counter = await placePending(context);
      const tell = (kind: Evidence["kind"], word: Evidence["word"], speaksAt: number) => {
        const piece = { ...accepted, key: `${kind}:${word}`, kind, word, speaksAt };
        applyEvidence(context, counter, { piece, providerCommission: null, nextProvider: null, isLookup: false });
      };
      tell("lookup", "failure", 5);
      context.attempts.update({ ...attemptOf(context, counter), state: "in_doubt" });
      const recharge = rechargeOf(context, counter);
      context.atomically(() => openByHand(context, recharge, attemptOf(context, counter), "contradiction"));
      tell("statement", "failure", 6);
      expect(context.book.findOpenCase(recharge.counter)).toBeNull();
      const last = context.book.readEvents(context.book.lastEventNumber() - 1, 1);
      expect(last).toMatchObject([{ type: "recharge.case_ruled", ruling: null, closesCase: "contradiction" }]);
    });
    await expectInvariants(account);
  });
});

function attemptOf(context: AccountContext, counter: number) {
  const attempt = context.attempts.find(counter);
  if (attempt === null) throw new Error("no attempt");
  return attempt;
}

function rechargeOf(context: AccountContext, attempt: number) {
  const recharge = context.recharges.find(attemptOf(context, attempt).recharge);
  if (recharge === null) throw new Error("no recharge");
  return recharge;
}

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
    const recharge = rechargeOf(context, counter);
    const ruling = { number: 1, word: "success", reason: "", proposedBy: "a", confirmedBy: "b" } as const;
    if (piece.kind === "ruling")
      context.atomically(() => applyRuling(context, recharge, [{ attempt: counter, piece }], ruling));
    else applyEvidence(context, counter, { piece, providerCommission: null, nextProvider: null, isLookup: false });
  }
  const view = readEvidence(context, rechargeOf(context, counter));
  const attempt = view.attempts[0];
  return {
    state: view.recharge.state,
    attempt: attempt?.state,
    openCase: view.openCase?.kind ?? null,
    verdict: attempt?.verdict,
    isContradicted: attempt?.isContradicted,
  };
}
