// What an answer of backnpay means (`lists.md`, "What each documented text of an upstream is"). Pure.
import type { BalanceOutcome, Carried, HeardLookup, LookupOutcome, Outcome } from "../recharges/outcome.ts";
import { readAmount } from "../wire/amount.ts";
import type { BacknpayCallback } from "../wire/backnpay/callback.ts";
import { type BacknpayFields, readBacknpayReply } from "../wire/backnpay/reply.ts";
import { type BacknpayText, findBacknpayText } from "../wire/backnpay/texts.ts";
import { readReferenceText } from "../wire/reference.ts";
import type { Answer } from "./exchange.ts";
import { carriedOf, cutWords, keepWords, readableText } from "./words.ts";

export interface BacknpayReading {
  readonly contentTypes: readonly string[];
  readonly notFoundTexts: readonly string[];
  /** Struck out of what is kept. */
  readonly secrets: readonly string[];
}

/** What becomes of a documented text on a first send; `null`: in doubt. */
const meanings = {
  loginFailed: { kind: "declined" },
  insufficientBalance: { kind: "declined" },
  incompleteParameter: { kind: "declined", alarm: "backnpay found our request incomplete" },
  repeatRequest: null,
  invalidAmount: { kind: "failed", cause: "amount" },
  invalidAccountNumber: { kind: "failed", cause: "number" },
} as const satisfies Record<BacknpayText, object | null>;

/** The outcome of a recharge request. Only the exact words count; all else is in doubt. */
export function readBacknpaySubmit(answer: Answer, reading: BacknpayReading): Outcome {
  const said = keepWords(answer, reading.secrets);
  const fields = readFields(answer, reading);
  if (fields === null) return { kind: "in_doubt", carried: {}, said };
  const word = wordOf(fields);
  const heard = { carried: carriedBy(fields, word), said };
  if (amountIsUnreadable(fields)) return { kind: "in_doubt", ...heard, alarm: "an amount that cannot be read" };
  if (word === "failed") return { ...heard, ...meaningOfFailure(fields) };
  return { kind: word, ...heard };
}

/** The outcome of a status check. A failure counts only with the upstream's own id; absence only by the setting's texts. */
export function readBacknpayLookup(answer: Answer, reading: BacknpayReading): LookupOutcome {
  const said = keepWords(answer, reading.secrets);
  const fields = readFields(answer, reading);
  if (fields === null) return { kind: "in_doubt", carried: {}, said };
  const word = wordOf(fields);
  const heard = { carried: carriedBy(fields, word), said };
  if (reading.notFoundTexts.includes(fields.status)) return { kind: "not_found", ...heard };
  if (amountIsUnreadable(fields)) return { kind: "in_doubt", ...heard, alarm: "an amount that cannot be read" };
  if (word === "failed" && readReferenceText(fields.rpid) === null) return { kind: "in_doubt", ...heard };
  return { kind: word, ...heard };
}

/** What a callback says (`wire.md`, backnpay): the words of a reply, without message and balance. */
export function readBacknpayCallback(callback: BacknpayCallback): HeardLookup {
  const fields = { ...callback, msg: null, bal: null };
  const kind = amountIsUnreadable(fields) ? "in_doubt" : wordOf(fields);
  return { kind, carried: carriedBy(fields, kind), said: cutWords(`callback ${JSON.stringify(callback)}`) };
}

/** The outcome of a balance check: the figure stands in `STATUS` (seed, section 4). */
export function readBacknpayBalance(answer: Answer, reading: BacknpayReading): BalanceOutcome {
  const fields = readFields(answer, reading);
  return { balance: readAmount(fields?.status ?? null), said: keepWords(answer, reading.secrets) };
}

function readFields(answer: Answer, reading: BacknpayReading): BacknpayFields | null {
  const text = readableText(answer, { statuses: [200], contentTypes: reading.contentTypes });
  return text === null ? null : readBacknpayReply(text);
}

/**
 * The state that a reply speaks of. `SUCCESS,<more>` and a message that says submitted, processed or accepted are
 * pending (`wire.md`); a state that its own message denies is in doubt.
 */
function wordOf(fields: BacknpayFields): "succeeded" | "failed" | "pending" | "in_doubt" {
  const status = fields.status.toUpperCase();
  const message = fields.msg ?? "";
  if (/duplicate|repeat request/i.test([fields.status, message, fields.opid ?? ""].join("\n"))) return "in_doubt";
  if (status === "SUCCESS") {
    if (/\b(fail|reject|revers|refund|unsuccess)/i.test(message)) return "in_doubt";
    return /submit|process|accept/i.test(message) ? "pending" : "succeeded";
  }
  if (/^SUCCESS\s*,/.test(status) || status === "PENDING") return "pending";
  if (status === "FAILED" || /^FAILED\s*,/.test(status)) return /\bsuccess/i.test(message) ? "in_doubt" : "failed";
  return "in_doubt";
}

/** `FAILED` with one documented text means what the table says; declined only without an id of the upstream's own. */
function meaningOfFailure(
  fields: BacknpayFields,
):
  | { readonly kind: "declined"; readonly alarm?: string }
  | { readonly kind: "failed"; readonly cause: "amount" | "number" | "operator" } {
  const other = { kind: "failed", cause: "operator" } as const;
  const more = fields.status.slice("FAILED".length).replace(/^\s*,/, "");
  const texts = new Set([fields.msg, more, fields.opid].map(findBacknpayText).filter((text) => text !== null));
  const [text, ...others] = texts;
  if (text === undefined || others.length > 0) return other;
  const meaning = meanings[text] ?? other;
  return meaning.kind === "declined" && fields.rpid !== null ? other : meaning;
}

/** On a failure `OPID` carries the reason, so only a success carries an operator's reference. */
function carriedBy(fields: BacknpayFields, word: string): Carried {
  return carriedOf({
    ourReference: fields.agentid,
    theirReference: readReferenceText(fields.rpid),
    operatorReference: word === "succeeded" ? readReferenceText(fields.opid) : null,
    number: fields.mobile,
    amount: readAmount(fields.amount),
    balanceAfter: readAmount(fields.bal),
  });
}

function amountIsUnreadable(fields: BacknpayFields): boolean {
  return fields.amount !== null && readAmount(fields.amount) === null;
}
