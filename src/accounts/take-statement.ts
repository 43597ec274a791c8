// A provider's statement at an account: what it has of that provider, and the words that a statement says of it.
import { referenceOf, rechargeIdOf } from "../base/id.ts";
import { assert } from "../base/assert.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { foreignPart } from "../recharges/reading.ts";
import type { AttemptQuestion, ProviderAttempt, StatementAnswer, StatementWord } from "./account.ts";
import { expectedOf } from "./answer.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { AttemptRecord } from "./records.ts";
import { applyEvidence } from "./settle.ts";

/** The account's attempts at one provider that a statement could speak of, oldest first; empty before the first `configure`. */
export function readProviderAttempts(account: AccountContext, question: AttemptQuestion): readonly ProviderAttempt[] {
  if (account.book.readProfile() === null) return [];
  const number = profileOf(account).account;
  return account.scans.readStarted(question).map((attempt) => {
    const recharge = account.recharges.find(attempt.recharge);
    assert(recharge !== null, "an attempt belongs to a recharge");
    const evidence = account.attempts.readEvidence(attempt.counter);
    return {
      account: number,
      counter: attempt.counter,
      reference: referenceOf(account.services.installation, number, attempt.counter),
      rechargeId: rechargeIdOf(number, recharge.counter),
      number: recharge.number,
      amount: recharge.face,
      state: attempt.state,
      startedAt: attempt.startedAt,
      startBy: attempt.startBy,
      theirReference: attempt.theirReference,
      evidence: evidence.length,
      statementKeys: evidence.flatMap(({ kind, key }) => (kind === "statement" ? [key] : [])),
    };
  });
}

/**
 * Applies the words of one statement, all of them in one write or none. A word that is there already counts as applied;
 * one about an attempt that has heard anything since the dry run, or that is not as the word says, stops all of them.
 */
export function takeStatement(
  account: AccountContext,
  provider: string,
  words: readonly StatementWord[],
  isDryRun: boolean,
): StatementAnswer {
  return account.atomically(() => {
    const open = words.filter((word) => !hasWord(account, word));
    const outdated = open.filter((word) => !stillFits(account, provider, word)).map(({ attempt }) => attempt);
    if (outdated.length > 0) return { kind: "outdated", attempts: [...new Set(outdated)] };
    if (isDryRun) return { kind: "fits" };
    for (const word of open)
      applyEvidence(account, word.attempt, {
        piece: pieceOf(word, account.services.clock.now()),
        providerCommission: null,
        nextProvider: null,
        isLookup: false,
      });
    return { kind: "applied", words: words.length };
  });
}

function hasWord(account: AccountContext, { attempt, key }: StatementWord): boolean {
  return account.attempts.readEvidence(attempt).some((piece) => piece.key === key);
}

function stillFits(account: AccountContext, provider: string, word: StatementWord): boolean {
  const attempt = account.attempts.find(word.attempt);
  if (attempt === null || attempt.provider !== provider) return false;
  return account.attempts.readEvidence(attempt.counter).length === word.seenEvidence && isAbout(account, attempt, word);
}

function isAbout(account: AccountContext, attempt: AttemptRecord, { amount, theirReference }: StatementWord): boolean {
  const recharge = account.recharges.find(attempt.recharge);
  assert(recharge !== null, "an attempt belongs to a recharge");
  const carried = {
    ...(amount === null ? {} : { amount }),
    ...(theirReference === null ? {} : { theirReference }),
  };
  return foreignPart(carried, expectedOf(account, recharge, attempt)) === null;
}

function pieceOf(word: StatementWord, now: number): Evidence {
  const { key, kind, speaksAt, operatorReference, theirReference, cause, said } = word;
  return { key, kind, word: word.word, speaksAt, receivedAt: now, operatorReference, theirReference, cause, said };
}
