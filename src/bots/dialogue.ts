// The dialogue with one chat: a pure reducer. What it means, and how a channel runs it, is in `dialogue-types.ts`.
import type { Awaited, ChatUser, DialogueContext, DialogueInput, DialogueState, Step } from "./dialogue-types.ts";
import { takePin } from "./confirm.ts";
import { exampleOf, menuMessage } from "./messages.ts";
import { clip, speechOf } from "./speak.ts";
import { takePress } from "./take-press.ts";
import { takeResult } from "./take-result.ts";
import { takeText } from "./take-text.ts";
import { say, sayText, type Turn } from "./turn.ts";

/** Code points of a name in a greeting. */
const longestName = 64;

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

function welcome(state: DialogueState, { speech, context }: Turn): Step {
  const greeting = speech.text("say.linked", { name: clip(context.user.name, longestName) });
  const help = speech.text("say.help", { example: exampleOf(speech, context) });
  return say(state, menuMessage(speech, [greeting, help]));
}

/** Takes one input; never throws, writes nothing. */
export function step(state: DialogueState, input: DialogueInput, context: DialogueContext): Step {
  const speech = speechOf(state.language);
  if (input.kind === "result") return takeResult(state, input, { at: input.at, context, speech });
  const turn: Turn = { serial: input.serial, at: input.at, context, speech };
  switch (input.kind) {
    case "linked":
      return welcome(state, turn);
    case "unreadable":
      // A PIN that was lost before it was looked at still stands in the chat.
      if (expectsSecret(state)) return takePin(state, "", turn);
      return sayText(state, speech.text("say.unreadable", { example: exampleOf(speech, context) }));
    case "text":
      return takeText(state, input, turn);
    case "press":
  }
  return takePress(state, input.payload, turn);
}
