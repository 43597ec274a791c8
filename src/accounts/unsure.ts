// Recharges for which more may have been sent than is known: a later attempt is written before it is sent, and told of only by what it came to.
import { assert } from "../base/assert.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { AccountContext } from "./context.ts";
import { hear } from "./rebuild-recharge.ts";
import type { AttemptRecord } from "./records.ts";
import { openCase } from "./keep-case.ts";
import { lastAttempt } from "./views.ts";

/**
 * Counters of pending recharges whose last known attempt has heard no reply: it may have been declined, and another provider
 * asked. A silence that is younger than all that was booked was noted by the account that had lost the answer, and is no
 * reply. A scan of what is pending.
 */
export function readUnsure(sql: SqlStorage): readonly number[] {
  return sql
    .exec<{ counter: number }>(
      `select counter from recharges where state = 'pending' and not exists (select 1 from evidence
         where evidence.attempt = json_extract(recharges.attempts, '$[#-1]') and evidence.kind = 'reply'
         and (evidence.word <> 'unclear' or evidence.received_at <= (select at from events order by number desc limit 1)))
         and not exists (select 1 from json_each(recharges.attempts), evidence
           where evidence.attempt = value and evidence.key = 'ledger:unknown')`,
    )
    .toArray()
    .map(({ counter }) => counter);
}

/**
 * Adds an attempt that stands for what may have been sent. Nobody is asked about it, no statement or segment can speak of it,
 * and it keeps the money held whatever is learnt of the others, until an explicit success or a ruling.
 */
export function giveToPerson(account: AccountContext, counter: number): void {
  const recharge = account.recharges.find(counter);
  const known = recharge === null ? null : lastAttempt(account, recharge);
  assert(recharge !== null && known !== null, "a recharge has an attempt");
  const attempt = {
    ...known,
    counter: account.attempts.nextCounter(),
    state: "in_doubt",
    startedAt: 0,
    startBy: 0,
  } as const;
  account.attempts.insert({ ...attempt, theirReference: null, providerCommission: null, lookups: 0 }, null);
  account.attempts.insertEvidence(attempt.counter, silence);
  account.attempts.close(attempt.counter);
  // First in the list: the last one is the one that is asked about, and that a ruling of success is about.
  const written = { ...recharge, attempts: [attempt.counter, ...recharge.attempts] };
  account.recharges.updateRecharge(written);
  openCase(account, written, known, "doubt");
}

/** True where the guard had the claim before the account was last put right: the order may have been sent, and been lost with the account. */
export function wasLost(account: AccountContext, takenAt: number | undefined): boolean {
  if (takenAt === undefined) return false;
  const restoredAt = account.book.readRestoredAt();
  return restoredAt !== null && takenAt < restoredAt;
}

/** The attempt of such an order: nothing is sent by it, and its recharge goes to a person. */
export function giveUnsent(account: AccountContext, attempt: AttemptRecord): void {
  const now = account.services.clock.now();
  const said = "not sent: the guard had claimed this order before the account was lost";
  hear(account, attempt, { ...silence, key: "ledger:unsent", word: "declined", speaksAt: now, receivedAt: now, said });
  account.attempts.close(attempt.counter);
  giveToPerson(account, attempt.recharge);
}

const silence: Evidence = {
  key: "ledger:unknown",
  kind: "reply",
  word: "unclear",
  speaksAt: 0,
  receivedAt: 0,
  operatorReference: null,
  theirReference: null,
  cause: null,
  said: "the account was lost: another provider may have been asked after the last moment that is known",
};
