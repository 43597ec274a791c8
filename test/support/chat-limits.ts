// What Telegram and WhatsApp take of a message with buttons or rows: the narrower of the two.
import type { ChatMessage } from "../../src/bots/dialogue-types.ts";

const encoder = new TextEncoder();

/** What is wrong with a message; empty: both platforms take it. */
export function faultsOf({ text, choices }: ChatMessage): string[] {
  const faults: string[] = [];
  const must = (isRight: boolean, what: string) => {
    if (!isRight) faults.push(`${what}: ${text}`);
  };
  const mustFit = (part: string, most: number, what: string) =>
    must(part.trim() !== "" && Array.from(part).length <= most, `${what} ${part}`);
  mustFit(text, choices === null ? 4_000 : 1_000, "text");
  must(!/\{\{|undefined|\bsay\.|\bbutton\./.test(text.replaceAll("{{label}}", "{{")), "filled in");
  if (choices === null) return faults;
  const parts = choices.kind === "buttons" ? choices.buttons : choices.rows;
  must(parts.length >= 1 && parts.length <= (choices.kind === "buttons" ? 3 : 10), "how many");
  must(new Set(parts.map(({ id }) => id)).size === parts.length || choices.kind === "list", "ids differ");
  for (const { id, title } of parts) {
    must(encoder.encode(id).length >= 1 && encoder.encode(id).length <= 64, `id ${id}`);
    mustFit(title, choices.kind === "buttons" ? 20 : 24, "title");
  }
  if (choices.kind === "buttons") return faults;
  mustFit(choices.opens, 20, "opens");
  for (const { description } of choices.rows) if (description !== null) mustFit(description, 72, "description");
  return faults;
}
