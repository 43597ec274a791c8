// What a typed message means where the dialogue stands.
import { checkNumber } from "../catalog/check.ts";
import { readField } from "../catalog/fields.ts";
import { advance, askAmount, askField, askNumber, askProduct } from "./advance.ts";
import { confirmInWords, takePin } from "./confirm.ts";
import type { Asks, DialogueInput, DialogueState, Draft, Step } from "./dialogue-types.ts";
import { draftOf, takeSentence } from "./draft.ts";
import { exampleOf, languagesMessage, menuMessage, withButtons, buttonOf } from "./messages.ts";
import { productsOf } from "./narrow-products.ts";
import { parseSentence } from "./parse-sentence.ts";
import type { Sentence, Unclear } from "./sentence.ts";
import { enter, idle, isOnItsWay, openQuoteOf, perform, say, sayText, type Turn } from "./turn.ts";
import { setLanguage } from "./set-language.ts";
import type { Intent } from "./words.ts";

type TextInput = Extract<DialogueInput, { kind: "text" }>;

const recentShown = 8;

/** One typed message. While a PIN is asked only a way out, or an order with a phone number in it, is read as words. */
export function takeText(state: DialogueState, input: TextInput, turn: Turn): Step {
  const { stage } = state;
  const sentence = parseSentence(input.text, turn.context.currencies);
  if (stage.kind === "pin" && !leavesPin(sentence)) return takePin(state, input.text, turn);
  if (stage.kind === "collecting") {
    const answered = takeAnswer(state, { text: input.text, draft: stage.draft, asks: stage.asks }, sentence, turn);
    if (answered !== null) return answered;
  }
  return takeIntent(state, sentence, input, turn);
}

function leavesPin({ intent, number, amount }: Sentence): boolean {
  if (intent === "recharge") return number !== null && amount !== null;
  return intent !== null && amount === null;
}

/** The answer to the open question, where the text is one; else null. */
function takeAnswer(
  state: DialogueState,
  { text, draft, asks }: { text: string; draft: Draft; asks: Asks },
  sentence: Sentence,
  turn: Turn,
): Step | null {
  const isCommand = sentence.intent !== null && sentence.intent !== "recharge";
  const [product, ...more] = productsOf(draft.products);
  if (product === undefined || more.length > 0 || isCommand) return null;
  if (asks.what === "number") {
    const isOrder = sentence.number !== null && sentence.amount !== null;
    const number = checkNumber(product, text);
    if (isOrder || !number.ok) return null;
    return advance(state, { ...draft, number: number.value }, turn);
  }
  const spec = asks.what === "field" ? product.fields.find((field) => field.name === asks.name) : undefined;
  if (spec === undefined || (sentence.number !== null && sentence.amount !== null)) return null;
  const value = readField(spec.name, text);
  if (value === null) return askField(state, draft, turn, spec, turn.speech.text("say.badField"));
  return advance(state, { ...draft, fields: { ...draft.fields, [spec.name]: value } }, turn);
}

function takeIntent(state: DialogueState, sentence: Sentence, input: TextInput, turn: Turn): Step {
  const { intent } = sentence;
  if (intent === null) return notUnderstood(state, turn);
  if (intent === "recharge") return takeOrder(state, sentence, turn);
  if (intent === "yes") return takeYes(state, input, turn);
  return commands[intent](state, turn, sentence);
}

type Command = (state: DialogueState, turn: Turn, sentence: Sentence) => Step;

const commands = {
  balance: (state, turn) => perform(state, turn, { kind: "balance" }, "show"),
  today: (state, turn) => perform(state, turn, { kind: "today" }, "show"),
  recent: (state, turn, { number }) => perform(state, turn, { kind: "recent", limit: recentShown, number }, "show"),
  status: (state, turn, sentence) => findRecharge(state, turn, sentence, "status"),
  repeat: (state, turn, sentence) => findRecharge(state, turn, sentence, "repeat"),
  help: (state, turn) => say(state, helpMessage(turn)),
  cancel: cancelOpen,
  no: cancelOpen,
  language: (state, turn, { language }) =>
    language === null ? say(state, languagesMessage(turn.speech)) : setLanguage(state, language, turn),
  unlink: (state, { speech }) => {
    const yes = buttonOf(speech.text("button.unlink"), { kind: "unlink" });
    const help = buttonOf(speech.text("button.no"), { kind: "menu", item: "help" });
    return say(state, withButtons(speech.text("say.askUnlink"), [yes, help]));
  },
} as const satisfies Record<Exclude<Intent, "recharge" | "yes">, Command>;

/** What the menu's buttons do is what their words do. */
export function takeMenuItem(state: DialogueState, item: "balance" | "recent" | "today" | "help", turn: Turn): Step {
  return commands[item](state, turn, parseSentence("", turn.context.currencies));
}

export function helpMessage(turn: Turn) {
  const { speech, context } = turn;
  return menuMessage(speech, [speech.text("say.help", { example: exampleOf(speech, context) })]);
}

function findRecharge(
  state: DialogueState,
  turn: Turn,
  { rechargeId, number }: Sentence,
  purpose: "status" | "repeat",
): Step {
  if (rechargeId !== null) return perform(state, turn, { kind: "find", by: { id: rechargeId } }, purpose);
  return perform(state, turn, { kind: "recent", limit: 1, number }, purpose);
}

/** Closes what is open. What was confirmed goes its way. */
export function cancelOpen(state: DialogueState, { speech }: Turn): Step {
  const isAsked = state.awaited.some(({ command }) => command.kind === "quote");
  const awaited = state.awaited.filter(({ command }) => command.kind !== "quote");
  if (state.stage.kind !== "idle" || isAsked)
    return sayText({ ...enter(state, idle), awaited }, speech.text("say.cancelled"));
  return sayText(state, speech.text(awaited.some(isOnItsWay) ? "say.cannotCancel" : "say.nothingOpen"));
}

function takeYes(state: DialogueState, input: TextInput, turn: Turn): Step {
  const { stage } = state;
  const quote = openQuoteOf(stage);
  if (quote !== null) return confirmInWords(state, quote, input, turn);
  if (stage.kind === "repeating") return advance(state, { ...stage.draft, repeatOf: stage.repeatId }, turn);
  if (stage.kind === "collecting") return askAgain(state, stage, turn, null);
  return sayText(state, turn.speech.text("say.nothingOpen"));
}

const notes = {
  product: "say.unclearProduct",
  currency: "say.unclearCurrency",
  amount: "say.unclearAmount",
  number: "say.unclearNumber",
} as const satisfies Record<Exclude<Unclear, "intent">, string>;

/** An order, or a part of one. */
function takeOrder(state: DialogueState, sentence: Sentence, turn: Turn): Step {
  const { speech, context } = turn;
  const { unclear } = sentence;
  if (unclear.includes("intent"))
    return sayText(state, speech.text("say.unclearIntent", { example: exampleOf(speech, context) }));
  const { stage } = state;
  const asksNumber = stage.kind === "collecting" && stage.asks.what === "number";
  const draft = takeSentence(draftIn(state, turn), sentence, turn, asksNumber);
  const said = (Object.keys(notes) as (keyof typeof notes)[]).filter((one) => unclear.includes(one));
  const note = said.length === 0 ? null : said.map((one) => speech.text(notes[one])).join(" ");
  return advance(state, draft, turn, note);
}

function draftIn({ stage }: DialogueState, turn: Turn): Draft | null {
  if (stage.kind === "collecting") return stage.draft;
  const quote = openQuoteOf(stage);
  return quote === null ? null : draftOf(quote.order, turn);
}

function notUnderstood(state: DialogueState, turn: Turn): Step {
  const { speech, context } = turn;
  const { stage } = state;
  if (stage.kind === "collecting") return askAgain(state, stage, turn, badAnswer(stage.asks, turn));
  return sayText(state, speech.text("say.notUnderstood", { example: exampleOf(speech, context) }));
}

function badAnswer(asks: Asks, { speech }: Turn): string {
  if (asks.what === "number") return speech.text("say.badMobile");
  if (asks.what === "amount") return speech.text("say.badAmount");
  return speech.text(asks.what === "product" ? "say.unclearProduct" : "say.badField");
}

/** The open question once more. */
function askAgain(
  state: DialogueState,
  { draft, asks }: { draft: Draft; asks: Asks },
  turn: Turn,
  note: string | null,
): Step {
  if (asks.what === "number") return askNumber(state, draft, turn, note);
  if (asks.what === "amount") return askAmount(state, draft, turn, note);
  if (asks.what === "product") return askProduct(state, draft, turn, asks.page, note);
  return advance(state, draft, turn, note);
}
