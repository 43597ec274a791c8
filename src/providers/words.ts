// What every client does with an answer before it reads the words: whether they may count, and how they are kept.
import { redact } from "../base/mask.ts";
import type { Carried } from "../recharges/outcome.ts";
import type { Answer } from "./exchange.ts";

/** How long the kept words may be, characters (`recharges/outcome.ts`). */
const saidLength = 500;

/** What was said, fit to be kept: HTTP status and body, or that there was no answer. */
export function keepWords(answer: Answer, secrets: readonly string[]): string {
  if (answer.kind === "problem") return `no answer: ${answer.problem}`;
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return redact(`HTTP ${answer.status} ${answer.text}`, spellings, saidLength);
}

/** Words that carry no secret of ours, cut to what is kept. */
export function cutWords(text: string): string {
  return redact(text, [], saidLength);
}

/**
 * The body, where its words may count: one of the given HTTP statuses and one of the given content types (parameters
 * and case ignored). Null: in doubt, whatever stands in it.
 */
export function readableText(
  answer: Answer,
  may: { readonly statuses: readonly number[]; readonly contentTypes: readonly string[] },
): string | null {
  if (answer.kind === "problem" || !may.statuses.includes(answer.status)) return null;
  const type = (answer.contentType ?? "").split(";", 1).join("").trim().toLowerCase();
  return may.contentTypes.includes(type) ? answer.text : null;
}

/** What an answer carried: what is null was not there. */
export function carriedOf(found: { readonly [Key in keyof Carried]?: Carried[Key] | null }): Carried {
  const { ourReference, theirReference, operatorReference, number, amount } = found;
  const { balanceBefore, balanceAfter, providerCommission } = found;
  return {
    ...(isThere(ourReference) && { ourReference }),
    ...(isThere(theirReference) && { theirReference }),
    ...(isThere(operatorReference) && { operatorReference }),
    ...(isThere(number) && { number }),
    ...(isThere(amount) && { amount }),
    ...(isThere(balanceBefore) && { balanceBefore }),
    ...(isThere(balanceAfter) && { balanceAfter }),
    ...(isThere(providerCommission) && { providerCommission }),
  };
}

function isThere<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
