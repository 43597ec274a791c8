// What an account does when its alarm rings, and when it must ring again.
import type { AccountContext } from "./context.ts";
import { noteLowBalances } from "./low-balance.ts";
import { flushOutbox, hasUnshipped, reportOutcomes } from "./outbox.ts";
import { settleDue } from "./settlement-run.ts";
import { hasChatNews, tellChats } from "./tell-chats.ts";
import { hasUntold, tellWebhooks } from "./tell-webhooks.ts";

/** A flush that takes longer goes on beside the next alarms: a ledger that stalls keeps neither settlement nor webhooks waiting. */
const outboxWaitMs = 1_000;
/** Then a flush is given up, and another one may begin. */
const outboxLimitMs = 10_000;

/**
 * Settlement first, then desks, webhooks, chats and outbox, each in its own `try`. Returns the earliest time for the next run,
 * epoch ms; 0: any.
 */
export async function runAlarm(account: AccountContext): Promise<number> {
  if (isBehindLedger(account)) return 0;
  const settled = await run(account, "alarm.settlement", () => settleDue(account));
  await run(account, "alarm.outcomes", () => reportOutcomes(account));
  await run(account, "alarm.low_balance", async () => noteLowBalances(account));
  const shared = await Promise.all([
    run(account, "alarm.chats", () => tellChats(account)),
    run(account, "alarm.webhooks", () => tellWebhooks(account)),
    run(account, "alarm.outbox", () => shipBeside(account)),
  ]);
  return Math.max(settled, ...shared);
}

/** 0, or when it may be tried again where it failed. */
async function run(account: AccountContext, event: string, step: () => Promise<void>): Promise<number> {
  try {
    await step();
    return 0;
  } catch (fault) {
    account.services.log.error(event, { account: account.book.readProfile()?.account ?? 0 }, fault);
    return account.services.clock.now() + account.services.times.outboxRetryMs;
  }
}

/** One flush at a time, waited for only a while. */
async function shipBeside(account: AccountContext): Promise<void> {
  account.shipping.flush ??= within(outboxLimitMs, flushOutbox(account)).finally(() => {
    account.shipping.flush = null;
  });
  const waited = Promise.withResolvers<void>();
  const timer = setTimeout(waited.resolve, outboxWaitMs);
  try {
    await Promise.race([account.shipping.flush, waited.promise]);
  } finally {
    clearTimeout(timer);
    // A failure after that is said by nobody: the next alarm sees that the events are still there.
    account.shipping.flush?.catch(() => undefined);
  }
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  try {
    await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** Nothing is settled, told or shipped before staff have put it right: what it would book, the ledger has already, or otherwise. */
function isBehindLedger(account: AccountContext): boolean {
  return account.book.readProfile()?.isGoneBack === true;
}

/** When the next step of settlement, webhooks or outbox is due, epoch ms; null: nothing waits. */
export function nextWorkAt(account: AccountContext): number | null {
  if (isBehindLedger(account)) return null;
  const step = account.attempts.firstDueAt();
  if (!hasUnshipped(account) && !hasUntold(account) && !hasChatNews(account)) return step;
  const flush = account.services.clock.now() + account.services.times.outboxDelayMs;
  return step === null ? flush : Math.min(step, flush);
}
