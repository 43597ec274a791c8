// The dialogue with one chat: a pure reducer. What it means, and how a channel runs it, is in `dialogue-types.ts`.
import type { Awaited, ChatUser, DialogueContext, DialogueInput, DialogueState, Step } from "./dialogue-types.ts";

/** The state of a chat that was just linked. */
export function startDialogue(user: ChatUser): DialogueState {
  return { version: 1, language: user.language, stage: { kind: "idle" }, awaited: [] };
}

/** True while the next message may be a PIN: its text must not be kept or logged. */
export function expectsSecret(state: DialogueState): boolean {
  return state.stage.kind === "pin";
}

/** What was asked of the channel and not yet answered; to be carried out again after a crash. */
export function awaitedOf(state: DialogueState): readonly Awaited[] {
  return state.awaited;
}

/** Takes one input; never throws, writes nothing. */
export function step(state: DialogueState, _input: DialogueInput, _context: DialogueContext): Step {
  return { state, outputs: [] };
}
