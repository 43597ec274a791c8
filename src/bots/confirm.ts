// The way from a shown quote to a recharge: the confirmation of exactly that quote, in time, and the PIN where it is asked.
import { foldText } from "./fold-text.ts";
import type { ChatMessage, DialogueInput, DialogueState, OpenQuote, Step } from "./dialogue-types.ts";
import { advance, askProduct } from "./advance.ts";
import { draftOf } from "./draft.ts";
import { limitNote, needsPin } from "./limits.ts";
import { buttonOf, cancelButton, withButtons } from "./messages.ts";
import {
  agentIdOf,
  enter,
  idle,
  isOnItsWay,
  isRunning,
  openQuoteOf,
  perform,
  placedAtMost,
  say,
  sayText,
  type Turn,
} from "./turn.ts";

/** Wrong PINs of one quote; how many there may be in all is counted by who keeps the PIN. */
const pinTriesAtMost = 3;
const pinForm = /^\d{4,8}$/;

/** A press on "confirm" under the quote of this token. */
export function confirmQuote(state: DialogueState, token: string, turn: Turn): Step {
  const quote = openQuoteOf(state.stage);
  if (quote === null || quote.token !== token) return tellStale(state, token, turn);
  if (turn.at >= quote.expiresAt) return tellEnded(state, quote, turn);
  if (!needsPin(quote.order, turn.context)) return placeQuoted(state, quote, turn);
  const tries = state.stage.kind === "pin" ? state.stage.tries : 0;
  return say(enter(state, { kind: "pin", quote, tries }), pinMessage(quote, turn, null));
}

/** A typed "yes" counts only when it was sent after the quote was there to be read. */
export function confirmInWords(
  state: DialogueState,
  quote: OpenQuote,
  input: Extract<DialogueInput, { kind: "text" }>,
  turn: Turn,
): Step {
  if (input.sentAt < quote.shownAt && turn.at < quote.expiresAt)
    return sayText(state, turn.speech.text("say.useButton"));
  return confirmQuote(state, quote.token, turn);
}

/** An old or second press: what became of that quote, as the account has it. It never starts anything. */
export function tellStale(state: DialogueState, token: string, turn: Turn): Step {
  const agentId = agentIdOf(turn.context.user.id, token);
  if (isRunning(state, agentId)) return sayText(state, turn.speech.text("say.isRunning"));
  return perform(state, turn, { kind: "find", by: { agentId } }, "stale");
}

function tellEnded(state: DialogueState, quote: OpenQuote, { speech }: Turn): Step {
  const anew = buttonOf(speech.text("button.anew"), { kind: "anew", token: quote.token });
  const message = withButtons(speech.text("say.quoteEnded"), [anew, cancelButton(speech, quote.token)]);
  return say(enter(state, { kind: "quoted", quote }), message);
}

/** Asks the account to place it, under the agent id of this quote and for no more than its cost. */
function placeQuoted(state: DialogueState, quote: OpenQuote, turn: Turn): Step {
  const { speech, context } = turn;
  const closed = enter(state, idle);
  const { order, token, cost } = quote;
  const above = limitNote(order.currency, order.amount, turn);
  if (above !== null) return sayText(closed, above);
  if (state.awaited.filter(isOnItsWay).length >= placedAtMost) return sayText(state, speech.text("say.busy"));
  const agentId = agentIdOf(context.user.id, token);
  return perform(closed, turn, { kind: "place", order, agentId, maxCost: cost }, "confirmed");
}

function pinMessage(quote: OpenQuote, { speech }: Turn, note: string | null): ChatMessage {
  const { amount, currency, number } = quote.order;
  const text = speech.text("say.askPin", { amount: speech.money(amount, currency), number: speech.digits(number) });
  return withButtons(note === null ? text : `${note}\n${text}`, [cancelButton(speech, quote.token)]);
}

/** What was typed while the PIN is asked: it may be one, so the channel is asked to delete it. */
export function takePin(state: DialogueState, text: string, turn: Turn): Step {
  const { stage } = state;
  if (stage.kind !== "pin") return { state, outputs: [] };
  const erase = { kind: "erase" } as const;
  const pin = foldText(text).replaceAll(/[ -]/g, "");
  if (turn.at >= stage.quote.expiresAt) {
    const ended = tellEnded(state, stage.quote, turn);
    return { state: ended.state, outputs: [erase, ...ended.outputs] };
  }
  if (!pinForm.test(pin))
    return { state, outputs: [erase, { kind: "say", message: pinMessage(stage.quote, turn, null) }] };
  const id = `pin:${stage.quote.token}:${turn.serial}`;
  return { state, outputs: [erase, { kind: "perform", id, command: { kind: "check_pin", pin } }] };
}

/** The verdict on a PIN that was typed for the quote that is still open. */
export function takePinVerdict(
  state: DialogueState,
  { token, verdict }: { token: string; verdict: "right" | "wrong" | "locked" | "unavailable" },
  turn: Turn,
): Step {
  const { stage } = state;
  const { speech } = turn;
  if (stage.kind !== "pin" || stage.quote.token !== token) return { state, outputs: [] };
  const { quote } = stage;
  if (turn.at >= quote.expiresAt) return tellEnded(state, quote, turn);
  if (verdict === "right") return placeQuoted(state, quote, turn);
  if (verdict === "locked") return sayText(enter(state, idle), speech.text("say.lockedPin"));
  if (verdict === "unavailable") return sayText(state, speech.text("say.unavailable"));
  const tries = stage.tries + 1;
  if (tries >= pinTriesAtMost) return sayText(enter(state, idle), speech.text("say.pinEnded"));
  return say(enter(state, { kind: "pin", quote, tries }), pinMessage(quote, turn, speech.text("say.wrongPin")));
}

/** "New offer" under a quote that has ended: the same order is quoted again. */
export function quoteAnew(state: DialogueState, token: string, turn: Turn): Step {
  const quote = openQuoteOf(state.stage);
  if (quote === null || quote.token !== token) return tellStale(state, token, turn);
  return advance(state, draftOf(quote.order, turn), turn);
}

/** "Other operator": the number plan suggested one, the number may have been ported. */
export function chooseOther(state: DialogueState, token: string, turn: Turn): Step {
  const { stage } = state;
  if (stage.kind === "collecting" && stage.draft.token === token)
    return askProduct(state, { ...stage.draft, products: [] }, turn, 0, null);
  const quote = openQuoteOf(stage);
  if (quote === null || quote.token !== token) return tellStale(state, token, turn);
  return askProduct(state, { ...draftOf(quote.order, turn), products: [] }, turn, 0, null);
}
