// What an account does when its alarm rings, and when it must ring again.
import type { AccountContext } from "./context.ts";
import { flushOutbox, hasUnshipped, reportOutcomes } from "./outbox.ts";
import { settleDue } from "./settlement-run.ts";

/** Settlement first, then desks and outbox, each in its own `try`. Returns the earliest time for the next run, epoch ms; 0: any. */
export async function runAlarm(account: AccountContext): Promise<number> {
  let retryAt = 0;
  try {
    await settleDue(account);
  } catch (fault) {
    retryAt = retryLater(account, "alarm.settlement", fault);
  }
  try {
    await reportOutcomes(account);
  } catch (fault) {
    retryLater(account, "alarm.outcomes", fault);
  }
  try {
    await flushOutbox(account);
  } catch (fault) {
    retryAt = retryLater(account, "alarm.outbox", fault);
  }
  return retryAt;
}

function retryLater(account: AccountContext, event: string, fault: unknown): number {
  account.services.log.error(event, { account: account.book.readProfile()?.account ?? 0 }, fault);
  return account.services.clock.now() + account.services.times.outboxRetryMs;
}

/** When the next step of settlement or outbox is due, epoch ms; null: nothing waits. */
export function nextWorkAt(account: AccountContext): number | null {
  const step = account.attempts.firstDueAt();
  if (!hasUnshipped(account)) return step;
  const flush = account.services.clock.now() + account.services.times.outboxDelayMs;
  return step === null ? flush : Math.min(step, flush);
}
