// A refusal in a sentence for the user; when to try again is said where the refusal says it.
import type { Refusal } from "../base/refusal.ts";
import type { Speech } from "./speak.ts";

/** Our own words for the code, never the detail: that one is for the partner's engineer. */
export function refusalText(speech: Speech, { code, retryAfterSeconds }: Refusal): string {
  const sentence = speech.text(`refusal.${code}`);
  if (retryAfterSeconds === undefined) return sentence;
  const minutes = speech.count(Math.max(1, Math.ceil(retryAfterSeconds / 60)));
  return `${sentence} ${speech.text("say.tryAfter", { minutes })}`;
}
