// Cases, rulings and disputes as the ledger's events tell of them, written again into an account that lost them. Called inside a write.
import { assert } from "../base/assert.ts";
import { readReference } from "../base/id.ts";
import type { AccountEvent, RulingFacts } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { AccountContext } from "./context.ts";
import { counterOf, hear, type RechargeEvent } from "./rebuild-recharge.ts";

/** The case that an event opened, changed or closed, and the ruling that it tells of. The recharge itself was rebuilt before. */
export function rebuildCase(account: AccountContext, event: RechargeEvent): void {
  const counter = counterOf(account, event.recharge.id);
  if (event.type === "recharge.case_opened") {
    if (account.book.findOpenCase(counter) === null) account.book.openCase(counter, event.case, event.at);
    else account.book.changeCase(counter, event.case);
  }
  if (event.type === "recharge.case_ruled" && event.ruling !== null) rebuildRuling(account, event, event.ruling);
  if ("closesCase" in event && event.closesCase !== undefined) account.book.closeCases(counter, event.at);
}

function rebuildRuling(account: AccountContext, event: RechargeEvent, ruling: RulingFacts): void {
  const recharge = account.recharges.find(counterOf(account, event.recharge.id));
  assert(recharge !== null, "it was rebuilt before");
  // The event names the attempt that decided, and a ruling of failure names none.
  const decided = readReference(account.services.installation, event.recharge.reference);
  const succeeded = ruling.word === "success" && decided !== null ? [decided.counter] : [];
  keepRuling(account, event, ruling, { counter: recharge.counter, attempts: recharge.attempts, succeeded });
  for (const attempt of recharge.attempts) {
    const before = account.attempts.find(attempt);
    assert(before !== null, "a recharge names its attempts");
    const says = succeeded.includes(attempt) ? "success" : "failure";
    const piece: Evidence = {
      key: `ruling:${ruling.number}`,
      kind: "ruling",
      word: says,
      speaksAt: event.at,
      receivedAt: event.at,
      operatorReference: null,
      theirReference: null,
      cause: says === "failure" ? "ruled" : null,
      said: ruling.reason,
      answers: account.attempts.readEvidence(attempt).map((one) => one.key),
    };
    hear(account, before, piece);
    account.attempts.close(attempt);
  }
}

function keepRuling(
  account: AccountContext,
  { at }: RechargeEvent,
  { number, word, reason, proposedBy, confirmedBy }: RulingFacts,
  of: { readonly counter: number; readonly attempts: readonly number[]; readonly succeeded: readonly number[] },
): void {
  const known = account.cases.readRulings(of.counter).find((one) => one.number === number);
  const seen = account.attempts.countEvidence(of.attempts);
  const made = {
    recharge: of.counter,
    number,
    word,
    reason,
    succeeded: of.succeeded,
    seen,
    proposedBy,
    proposedAt: at,
  };
  const ruling = known ?? { ...made, confirmedBy: null, confirmedAt: null };
  if (known === undefined) account.cases.insertRuling(ruling);
  account.cases.confirmRuling(ruling, { staff: confirmedBy, at });
}

export function rebuildDispute(
  account: AccountContext,
  { type, at, dispute }: Extract<AccountEvent, { readonly dispute: unknown }>,
): void {
  const { number, disposition, comment, reason } = dispute;
  const recharge = counterOf(account, dispute.rechargeId);
  const record = account.recharges.find(recharge);
  const evidenceNumber = account.attempts.countEvidence(record?.attempts ?? []);
  const made = { recharge, number, disposition, comment, openedAt: at, evidenceNumber, reason };
  if (type === "dispute.opened") account.cases.insertDispute({ ...made, state: "open", closedAt: null });
  else account.cases.closeDispute({ ...made, state: type === "dispute.won" ? "won" : "lost", closedAt: at });
}
