// One turn of the dialogue: what a step knows beside the state, and the small moves that steps are made of.
import type {
  Awaited,
  ChatMessage,
  DialogueCommand,
  DialogueContext,
  DialogueOutput,
  DialogueState,
  OpenQuote,
  Purpose,
  Stage,
  Step,
} from "./dialogue-types.ts";
import type { Speech } from "./speak.ts";

export interface Turn {
  /** Of the user's message that this turn goes back to. */
  readonly serial: string;
  readonly at: number;
  readonly context: DialogueContext;
  readonly speech: Speech;
}

export const quoteLivesMs = 2 * 60_000;
/** Questions to the account that may be open at once. */
const awaitedAtMost = 8;
/** Of them recharges: a chat that has more on their way waits. */
export const placedAtMost = 5;

export const idle: Stage = { kind: "idle" };

/** The agent id of the recharge that the quote of this token becomes: the same one however often it is confirmed. */
export function agentIdOf(userId: string, token: string): string {
  return `chat:${userId}:${token}`;
}

export function say(state: DialogueState, message: ChatMessage): Step {
  return { state, outputs: [{ kind: "say", message }] };
}

export function sayText(state: DialogueState, ...lines: readonly (string | null)[]): Step {
  return say(state, { text: linesOf(lines), choices: null });
}

export function linesOf(lines: readonly (string | null)[]): string {
  return lines.filter((line) => line !== null && line !== "").join("\n");
}

/** A quote that is still being asked for belongs to what was open before. */
export function enter(state: DialogueState, stage: Stage): DialogueState {
  return { ...state, stage, awaited: state.awaited.filter((one) => !isQuote(one)) };
}

/** Nothing is open and no quote is being asked for: what comes late may ask something without taking its place. */
export function isFree({ stage, awaited }: DialogueState): boolean {
  return stage.kind === "idle" && !awaited.some(isQuote);
}

/** What is said before what the next step says. */
export function before(first: readonly DialogueOutput[], next: Step): Step {
  return { state: next.state, outputs: [...first, ...next.outputs] };
}

type Asked = Exclude<DialogueCommand, { kind: "check_pin" }>;

/** Asks the channel; a newer quote takes the place of an older one, and reads that are too many are forgotten. */
export function perform(
  state: DialogueState,
  turn: Turn,
  command: Asked,
  purpose: Purpose,
  id = `${command.kind}:${turn.serial}`,
): Step {
  const asked: Awaited = { id, since: turn.at, serial: turn.serial, command, purpose };
  const others = state.awaited.filter((one) => one.id !== id && !(command.kind === "quote" && isQuote(one)));
  const surplus = others.length + 1 - awaitedAtMost;
  const reads = others.filter((one) => !isOnItsWay(one)).slice(0, Math.max(surplus, 0));
  const awaited = [...others.filter((one) => !reads.includes(one)), asked];
  return { state: { ...state, awaited }, outputs: [{ kind: "perform", id, command }] };
}

function isQuote({ command }: Awaited): boolean {
  return command.kind === "quote";
}

/** Whether it is a recharge that the account was asked for. */
export function isOnItsWay({ command }: Awaited): boolean {
  return command.kind === "place" || command.kind === "settle";
}

export function isRunning(state: DialogueState, agentId: string): boolean {
  return state.awaited.some(
    ({ command }) => (command.kind === "place" || command.kind === "settle") && command.agentId === agentId,
  );
}

/** The quote that waits for a confirmation or a PIN. */
export function openQuoteOf(stage: Stage): OpenQuote | null {
  return stage.kind === "quoted" || stage.kind === "pin" ? stage.quote : null;
}
