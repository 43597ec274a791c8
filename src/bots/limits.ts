// A user's own limits: what is said when an amount is above one, and when the PIN is asked.
import type { Currency, Minor } from "../base/money.ts";
import type { ChatOrder, DialogueContext } from "./dialogue-types.ts";
import type { Turn } from "./turn.ts";

/** Why the user may not recharge this amount now; null when nothing of the user's own stands against it. */
export function limitNote(currency: Currency, amount: Minor, { context, speech }: Turn): string | null {
  const limits = context.user.limits.find((one) => one.currency === currency);
  if (limits === undefined) return null;
  const { perRecharge, perDay, usedToday } = limits;
  if (perRecharge !== null && amount > perRecharge)
    return speech.text("say.limitRecharge", { max: speech.money(perRecharge, currency) });
  if (perDay === null || usedToday + amount <= perDay) return null;
  return speech.text("say.limitDay", { max: speech.money(perDay, currency), used: speech.money(usedToday, currency) });
}

/** Whether this order needs the user's PIN. */
export function needsPin({ currency, amount }: ChatOrder, { user }: DialogueContext): boolean {
  const pinAbove = user.limits.find((one) => one.currency === currency)?.pinAbove ?? null;
  return pinAbove !== null && amount > pinAbove;
}
