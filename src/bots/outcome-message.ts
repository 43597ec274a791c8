// What a user is told about a recharge's end, also hours later and outside any dialogue.
import { formatAmount } from "../base/money.ts";
import type { ChatMessage, Language, ShownRecharge } from "./dialogue-types.ts";

/** The state of a recharge as a message of its own: final or pending. */
export function outcomeMessage(recharge: ShownRecharge, _language: Language): ChatMessage {
  return { text: `${recharge.number} ${formatAmount(recharge.face)} ${recharge.state}`, choices: null };
}

/** The same for an approved template of WhatsApp, in this order: amount, number, product, state; each one line. */
export function outcomeParameters(recharge: ShownRecharge, _language: Language): readonly string[] {
  return [formatAmount(recharge.face), recharge.number, recharge.product, recharge.state];
}
