// An account's events wherever they are: those that left it are read from the ledger, the same to the letter.
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { AccountEvent } from "../recharges/events.ts";
import { type AccountContext, profileOf } from "./context.ts";

/** A ledger that has not answered after this long is down for this question. */
const ledgerLimitMs = 10_000;
const retryAfterSeconds = 30;

/** Events above number `after`. Refuses `unavailable` where some of them left the account and the ledger does not answer. */
export async function readEventPage(
  account: AccountContext,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Result<readonly AccountEvent[], Refusal>> {
  const { upTo } = account.rolled.readSeam();
  if (after >= upTo) return ok(account.book.readEvents(after, limit));
  try {
    const old = await readRolled(account, after, Math.min(limit, upTo - after));
    const rest = limit - old.length;
    return ok(rest === 0 ? old : [...old, ...account.book.readEvents(upTo, rest)]);
  } catch (fault) {
    account.services.log.error("events.rolled", { account: profileOf(account).account }, fault);
    const detail = `Events up to ${upTo} cannot be read now; later ones can. Ask again.`;
    return refuse(refusal("unavailable", detail, { retryAfterSeconds }));
  }
}

/** The event of this number; null: there is none. Throws where it left the account and the ledger does not answer. */
export async function findEvent(account: AccountContext, number: number): Promise<AccountEvent | null> {
  const [kept] = account.book.readEvents(number - 1, 1);
  if (kept?.number === number) return kept;
  if (number < 1 || number > account.rolled.readSeam().upTo) return null;
  const [rolled] = await readRolled(account, number - 1, 1);
  return rolled ?? null;
}

/** Number of the last event before a moment, epoch ms. */
export async function readLastBefore(account: AccountContext, moment: number): Promise<number> {
  const { upTo, upToAt } = account.rolled.readSeam();
  if (moment > upToAt)
    return account.telling.lastBefore(moment, { from: upTo, lastEvent: account.book.lastEventNumber() });
  return within(account.services.ledger.readLastBefore(profileOf(account).account, moment, upTo));
}

/** `limit` events that left the account, without a gap; fewer are a fault. */
export async function readRolled(
  account: AccountContext,
  after: number,
  limit: number,
): Promise<readonly AccountEvent[]> {
  const { account: number } = profileOf(account);
  const events = await within(account.services.ledger.readEvents(number, { after, limit }));
  const isWhole = events.length === limit && events.every((event, index) => event.number === after + index + 1);
  if (!isWhole) throw new Error("the ledger lacks events that left the account");
  return events;
}

async function within<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new Error(`no answer within ${ledgerLimitMs} ms`)), ledgerLimitMs);
  try {
    return await Promise.race([asked, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
