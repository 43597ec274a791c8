// The change of language: at once in this chat, and kept with the user by the channel.
import type { DialogueState, Language, Step } from "./dialogue-types.ts";
import { speechOf } from "./speak.ts";
import { before, perform, sayText, type Turn } from "./turn.ts";

export function setLanguage(state: DialogueState, language: Language, turn: Turn): Step {
  const changed: DialogueState = { ...state, language };
  const asked = perform(changed, turn, { kind: "set_language", language }, "show");
  return before(asked.outputs, sayText(asked.state, speechOf(language).text("say.languageSet")));
}
