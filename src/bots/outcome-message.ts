// What a user is told about a recharge: in the dialogue, and by a message of its own hours later.
import { findProduct } from "../catalog/products.ts";
import type { ChatMessage, Language, ShownRecharge } from "./dialogue-types.ts";
import { buttonOf } from "./messages.ts";
import { type Speech, speechOf } from "./speak.ts";
import { linesOf } from "./turn.ts";

/** The state of a recharge as a message of its own: pending or final. A word of failure only where the account said it. */
export function outcomeMessage(recharge: ShownRecharge, language: Language): ChatMessage {
  return { text: outcomeText(speechOf(language), recharge), choices: null };
}

/** The same with a button that repeats a recharge which is final. */
export function statusMessage(recharge: ShownRecharge, language: Language): ChatMessage {
  const speech = speechOf(language);
  const again = buttonOf(speech.text("button.again"), { kind: "again", rechargeId: recharge.id });
  const choices = recharge.state === "pending" ? null : { kind: "buttons" as const, buttons: [again] };
  return { text: outcomeText(speech, recharge), choices };
}

export function outcomeText(speech: Speech, recharge: ShownRecharge): string {
  const { state, failure, operatorReference, face, currency } = recharge;
  const reference = operatorReference ?? "";
  return linesOf([
    speech.text(`outcomeTitle.${state}`),
    state === "failed" && failure !== null ? speech.text(`cause.${failure.cause}`) : null,
    speech.text("say.outcome", {
      amount: speech.money(face, currency),
      number: speech.digits(recharge.number),
      product: productName(speech, recharge.product),
    }),
    speech.time(recharge.createdAt, currency),
    state === "succeeded" && reference !== "" ? speech.text("say.operatorReference", { reference }) : null,
    speech.text("say.id", { id: recharge.id }),
  ]);
}

function productName(speech: Speech, id: string): string {
  const product = findProduct(id);
  return product === null ? id : speech.product(product);
}

/**
 * The same for an approved template of WhatsApp, in this order: amount, number, product, state, recharge id; each on
 * one line.
 */
export function outcomeParameters(recharge: ShownRecharge, language: Language): readonly string[] {
  const speech = speechOf(language);
  return [
    speech.money(recharge.face, recharge.currency),
    speech.digits(recharge.number),
    productName(speech, recharge.product),
    speech.text(`state.${recharge.state}`),
    recharge.id,
  ];
}
