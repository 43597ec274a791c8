// What a pressed button means where the dialogue stands. A button of an older question or quote never starts anything.
import { findProduct } from "../catalog/products.ts";
import { advance, askProduct } from "./advance.ts";
import { chooseOther, confirmQuote, quoteAnew, tellStale } from "./confirm.ts";
import type { DialogueState, Step } from "./dialogue-types.ts";
import { exampleOf } from "./messages.ts";
import { type Payload, readPayload } from "./payloads.ts";
import { setLanguage } from "./set-language.ts";
import { cancelOpen, takeMenuItem } from "./take-text.ts";
import { openQuoteOf, perform, sayText, type Turn } from "./turn.ts";

export function takePress(state: DialogueState, raw: string, turn: Turn): Step {
  const payload = readPayload(raw);
  const { speech, context } = turn;
  if (payload === null)
    return sayText(state, speech.text("say.notUnderstood", { example: exampleOf(speech, context) }));
  switch (payload.kind) {
    case "confirm":
      return confirmQuote(state, payload.token, turn);
    case "anew":
      return quoteAnew(state, payload.token, turn);
    case "other":
      return chooseOther(state, payload.token, turn);
    case "cancel":
      return tokenOf(state) === payload.token ? cancelOpen(state, turn) : tellStale(state, payload.token, turn);
    case "twice":
      return meanTwice(state, payload.token, turn);
    case "product":
    case "page":
      return chooseProduct(state, payload, turn);
    case "show":
      return perform(state, turn, { kind: "find", by: { id: payload.rechargeId } }, "status");
    case "again":
      return perform(state, turn, { kind: "find", by: { id: payload.rechargeId } }, "repeat");
    case "language":
      return setLanguage(state, payload.language, turn);
    case "menu":
      return takeMenuItem(state, payload.item, turn);
    case "unlink":
  }
  return perform(state, turn, { kind: "unlink" }, "show");
}

/** The token of what is open now. */
function tokenOf({ stage }: DialogueState): string | null {
  if (stage.kind === "collecting" || stage.kind === "repeating") return stage.draft.token;
  return openQuoteOf(stage)?.token ?? null;
}

function meanTwice(state: DialogueState, token: string, turn: Turn): Step {
  const { stage } = state;
  if (stage.kind !== "repeating" || stage.draft.token !== token)
    return sayText(state, turn.speech.text("say.questionGone"));
  return advance(state, { ...stage.draft, repeatOf: stage.repeatId }, turn);
}

function chooseProduct(
  state: DialogueState,
  payload: Extract<Payload, { kind: "product" | "page" }>,
  turn: Turn,
): Step {
  const { stage } = state;
  if (stage.kind !== "collecting" || stage.draft.token !== payload.token)
    return sayText(state, turn.speech.text("say.questionGone"));
  const { draft } = stage;
  if (payload.kind === "page") return askProduct(state, draft, turn, payload.page, null);
  const product = findProduct(payload.product);
  if (product === null) return sayText(state, turn.speech.text("refusal.product_unknown"));
  return advance(state, { ...draft, products: [product.id], isSuggested: false }, turn);
}
