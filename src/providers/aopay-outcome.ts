// What an answer of aopay means (`lists.md`, "What each documented text of an upstream is"). Pure.
import type { Outcome } from "../recharges/outcome.ts";
import { readAopayReply } from "../wire/aopay/reply.ts";
import { readReferenceText } from "../wire/reference.ts";
import type { Answer } from "./exchange.ts";
import { carriedOf, keepWords, readableText } from "./words.ts";

export interface AopayReading {
  readonly contentTypes: readonly string[];
  /** Struck out of what is kept. */
  readonly secrets: readonly string[];
}

/** The outcome of a recharge request: all state fields of a reply must agree, else it is in doubt. */
export function readAopaySubmit(answer: Answer, reading: AopayReading): Outcome {
  const said = keepWords(answer, reading.secrets);
  // The seed documents 200 and 401; a reply's own `statusCode` need not agree with either (`wire.md`).
  const text = readableText(answer, { statuses: [200, 401], contentTypes: reading.contentTypes });
  const reply = text === null ? null : readAopayReply(text);
  if (reply === null || answer.kind === "problem") return { kind: "in_doubt", carried: {}, said };
  if (reply.kind === "unauthorised")
    return { kind: answer.status === 401 ? "declined" : "in_doubt", carried: {}, said };
  const isSuccess = reply.state === "success";
  const carried = carriedOf({
    theirReference: readReferenceText(reply.txnId),
    operatorReference: isSuccess ? readReferenceText(reply.ackno) : null,
  });
  const heard = { carried, said };
  if (reply.state === "failed") return { kind: "failed", cause: "operator", ...heard };
  if (answer.status !== 200 || reply.state === null) return { kind: "in_doubt", ...heard };
  return { kind: isSuccess ? "succeeded" : "pending", ...heard };
}
