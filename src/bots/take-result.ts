// What the answers to the dialogue's questions make it say, and ask next.
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import { advance, askAmount, askNumber, askProduct } from "./advance.ts";
import { takePinVerdict } from "./confirm.ts";
import type {
  Awaited,
  ChatOrder,
  ChatQuote,
  CommandAnswer,
  DialogueCommand,
  DialogueState,
  ShownRecharge,
  Step,
} from "./dialogue-types.ts";
import { draftOf } from "./draft.ts";
import { buttonOf, quoteMessage, recentMessage, withButtons } from "./messages.ts";
import { outcomeMessage, outcomeText, statusMessage } from "./outcome-message.ts";
import { balanceText, todayText } from "./money-texts.ts";
import { refusalText } from "./refusal-text.ts";
import { before, enter, idle, isFree, linesOf, perform, quoteLivesMs, say, sayText, type Turn } from "./turn.ts";

/** An answer that nothing waits for any more (a second one, an older question's) says and starts nothing. */
export function takeResult(
  state: DialogueState,
  { id, answer }: { readonly id: string; readonly answer: CommandAnswer },
  turn: Omit<Turn, "serial">,
): Step {
  const [kind, token = "", serial = ""] = id.split(":");
  if (kind === "pin") {
    const verdict = answer.kind === "pin" ? answer.verdict : "unavailable";
    return takePinVerdict(state, { token, verdict }, { ...turn, serial });
  }
  const asked = state.awaited.find((one) => one.id === id);
  if (asked === undefined) return { state, outputs: [] };
  const answered: DialogueState = { ...state, awaited: state.awaited.filter((one) => one !== asked) };
  return takeAnswer(answered, asked, answer, { ...turn, serial: asked.serial });
}

function takeAnswer(state: DialogueState, asked: Awaited, answer: CommandAnswer, turn: Turn): Step {
  const { command } = asked;
  switch (command.kind) {
    case "quote":
      if (answer.kind !== "quote") return tellUnavailable(state, turn);
      if (answer.quote.ok) return showQuote(state, asked, { order: command.order, quote: answer.quote.value }, turn);
      return afterRefusedQuote(state, command.order, answer.quote.problem, turn);
    case "place":
      if (answer.kind !== "place") return waitForPlaced(state, command, turn);
      if (answer.placed.ok) return say(state, outcomeMessage(answer.placed.value, state.language));
      return afterRefusedPlace(state, command.order, answer.placed.problem, turn);
    case "settle":
      if (answer.kind !== "found") return askAgainLater(state, asked, turn);
      return tellSettled(state, command, answer.recharge, turn);
    case "find":
      if (answer.kind !== "found") return tellUnavailable(state, turn);
      return takeFound(state, asked, answer.recharge, turn);
    case "recent":
      if (answer.kind !== "recent") return tellUnavailable(state, turn);
      if (asked.purpose === "show") return say(state, recentMessage(turn.speech, answer.recharges));
      return takeFound(state, asked, answer.recharges[0] ?? null, turn);
    case "balance":
      return answer.kind === "balance"
        ? sayText(state, balanceText(turn.speech, answer.wallets))
        : tellUnavailable(state, turn);
    case "today":
      return answer.kind === "today"
        ? sayText(state, todayText(turn.speech, answer.totals))
        : tellUnavailable(state, turn);
    case "unlink":
      if (answer.kind !== "done") return tellUnavailable(state, turn);
      return sayText(enter(state, idle), turn.speech.text("say.unlinked"));
    case "set_language":
  }
  return { state, outputs: [] };
}

function tellUnavailable(state: DialogueState, { speech }: Turn): Step {
  return sayText(state, speech.text("say.unavailable"));
}

/** From here the two minutes run. */
function showQuote(
  state: DialogueState,
  { serial: token, purpose }: Awaited,
  { order, quote }: { order: ChatOrder; quote: ChatQuote },
  turn: Turn,
): Step {
  const { at, speech } = turn;
  const open = { token, order, cost: quote.cost, shownAt: at, expiresAt: at + quoteLivesMs };
  const shown = { token, order, quote, isSuggested: purpose === "suggested" };
  return say(enter(state, { kind: "quoted", quote: open }), quoteMessage(speech, shown, null));
}

const aboutAmount: readonly RefusalCode[] = ["amount_range", "amount_step", "limit_recharge", "limit_day", "balance"];

/** What the user can mend is asked again; everything else closes the order. */
function afterRefusedQuote(state: DialogueState, order: ChatOrder, problem: Refusal, turn: Turn): Step {
  const { speech } = turn;
  const note = refusalText(speech, problem);
  const draft = draftOf(order, turn);
  const { code } = problem;
  if (code === "repeat") return askTwice(state, order, problem, turn);
  if (code === "number") return askNumber(state, { ...draft, number: null }, turn, note);
  if (code === "number_operator") return askProduct(state, { ...draft, products: [] }, turn, 0, note);
  if (aboutAmount.includes(code)) return askAmount(state, { ...draft, amount: null }, turn, note);
  return sayText(enter(state, idle), note);
}

/** A repeat within the window: the earlier one's state, and whether a second one is meant. */
function askTwice(state: DialogueState, order: ChatOrder, problem: Refusal, turn: Turn): Step {
  const { speech } = turn;
  const { earlier } = problem;
  if (earlier === undefined) return sayText(enter(state, idle), refusalText(speech, problem));
  if (earlier.state === "pending")
    return sayText(enter(state, idle), speech.text("say.repeatPending", { id: earlier.id }));
  const draft = { ...draftOf(order, turn), repeatOf: null };
  const asked = enter(state, { kind: "repeating", draft, repeatId: earlier.id });
  const text = speech.text("say.repeatAsk", { id: earlier.id, state: speech.text(`state.${earlier.state}`) });
  const twice = buttonOf(speech.text("button.twice"), { kind: "twice", token: draft.token });
  const no = buttonOf(speech.text("button.no"), { kind: "cancel", token: draft.token });
  return say(asked, withButtons(text, [twice, no]));
}

function afterRefusedPlace(state: DialogueState, order: ChatOrder, problem: Refusal, turn: Turn): Step {
  if (problem.code === "repeat" && isFree(state)) return askTwice(state, order, problem, turn);
  if (problem.code === "max_cost" && isFree(state)) {
    const anew = advance(state, draftOf(order, turn), turn);
    return before([{ kind: "say", message: { text: turn.speech.text("say.quoteCost"), choices: null } }], anew);
  }
  return sayText(state, refusalText(turn.speech, problem));
}

type SettleCommand = Extract<DialogueCommand, { kind: "settle" }>;

/** An account that has not found it after this long will not have it any more. */
const settleAfterMs = 60_000;

/** No answer is no failure: it is pending, and the account is asked until it says what it has. */
function waitForPlaced(
  state: DialogueState,
  { agentId, order }: Extract<DialogueCommand, { kind: "place" }>,
  turn: Turn,
): Step {
  const command: DialogueCommand = { kind: "settle", agentId, order, notBefore: turn.at + settleAfterMs };
  const asked = perform(state, turn, command, "confirmed");
  return before(asked.outputs, sayText(asked.state, turn.speech.text("say.unsure")));
}

function askAgainLater(state: DialogueState, { command }: Awaited, turn: Turn): Step {
  if (command.kind !== "settle") return { state, outputs: [] };
  const again = { ...command, notBefore: turn.at + settleAfterMs };
  return perform(state, turn, again, "confirmed", `settle:${turn.serial}:${turn.at}`);
}

function tellSettled(state: DialogueState, asked: SettleCommand, recharge: ShownRecharge | null, turn: Turn): Step {
  if (recharge !== null) return say(state, outcomeMessage(recharge, state.language));
  const { speech } = turn;
  const { amount, currency, number } = asked.order;
  const values = { amount: speech.money(amount, currency), number: speech.digits(number) };
  return sayText(state, speech.text("say.notPlaced", values));
}

function takeFound(state: DialogueState, { purpose }: Awaited, recharge: ShownRecharge | null, turn: Turn): Step {
  const { speech } = turn;
  if (purpose === "stale") {
    if (recharge === null) return sayText(state, speech.text("say.notOpen"));
    return sayText(state, linesOf([speech.text("say.wasPlaced"), outcomeText(speech, recharge)]));
  }
  if (recharge === null) return sayText(state, speech.text("say.recentNone"));
  if (purpose !== "repeat") return say(state, statusMessage(recharge, state.language));
  const { product, number, face: amount, currency, fields } = recharge;
  return advance(state, draftOf({ product, number, amount, currency, fields, repeatOf: null }, turn), turn);
}
