// What an answer of nurr means (`lists.md`, "What each documented text of an upstream is"). Pure.
import { unreachable } from "../base/assert.ts";
import type { Carried, Outcome } from "../recharges/outcome.ts";
import { readAmount } from "../wire/amount.ts";
import { findNurrError, type NurrError } from "../wire/nurr/errors.ts";
import { type NurrFields, readNurrReply } from "../wire/nurr/reply.ts";
import { readReferenceText } from "../wire/reference.ts";
import type { Answer } from "./exchange.ts";
import { carriedOf, keepWords, readableText } from "./words.ts";

export interface NurrReading {
  readonly contentTypes: readonly string[];
  /** Struck out of what is kept. */
  readonly secrets: readonly string[];
}

/** What becomes of a documented error; `null`: in doubt (500 does not say whether the operator was reached). */
const meanings = {
  credentials: { kind: "declined" },
  missing: { kind: "declined", alarm: "nurr missed a parameter in our request" },
  accountType: { kind: "declined", alarm: "nurr refused our account type" },
  operator: { kind: "declined", alarm: "nurr refused our operator code" },
  operatorNumber: { kind: "failed", cause: "number" },
  amount: { kind: "failed", cause: "amount" },
  balance: { kind: "declined" },
  failed: null,
} as const satisfies Record<NurrError, object | null>;

/** The outcome of a recharge request. */
export function readNurrSubmit(answer: Answer, reading: NurrReading): Outcome {
  const said = keepWords(answer, reading.secrets);
  const text = readableText(answer, { statuses: [200, 202, 401, 422], contentTypes: reading.contentTypes });
  const fields = text === null ? null : readNurrReply(text);
  if (fields === null || answer.kind === "problem") return { kind: "in_doubt", carried: {}, said };
  const word = answer.status < 300 ? wordOf(answer.status, fields) : "error";
  const carried = carriedBy(fields, word === "succeeded");
  const heard = { carried, said };
  if (fields.amount !== null && carried.amount === undefined)
    return { kind: "in_doubt", ...heard, alarm: "an amount that cannot be read" };
  switch (word) {
    case "error":
      return { ...heard, ...meaningOfError(answer.status, fields, carried) };
    case "succeeded":
      return { kind: word, ...heard, ...(!foots(carried) && { alarm: "a success whose balances do not foot" }) };
    case "failed":
      return {
        kind: word,
        cause: "operator",
        ...heard,
        ...(moved(carried) && { alarm: "a failure that moved the balance" }),
      };
    case "pending":
    case "in_doubt":
      return { kind: word, ...heard };
    default:
      return unreachable(word);
  }
}

/** Success needs both `success:true` and `status:"Success"` (`wire.md`); HTTP 202 is never final. */
function wordOf(status: number, fields: NurrFields): "succeeded" | "failed" | "pending" | "in_doubt" {
  if (fields.error !== null) return "in_doubt";
  if (fields.status === "Pending") return "pending";
  if (fields.status === "Success" && fields.success === true) return status === 200 ? "succeeded" : "pending";
  if (fields.status === "Failed" && fields.success === false && status === 200) return "failed";
  return "in_doubt";
}

/** An error's documented meaning. One that also speaks of a recharge, an id or a moved balance is in doubt. */
function meaningOfError(
  status: number,
  fields: NurrFields,
  carried: Carried,
):
  | { readonly kind: "declined"; readonly alarm?: string }
  | { readonly kind: "failed"; readonly cause: "number" | "amount" }
  | { readonly kind: "in_doubt" } {
  const error = findNurrError(status, fields.error ?? "");
  const speaksOfMore = fields.success === true || fields.status !== null || fields.operatorTransactionId !== null;
  if (error === null || speaksOfMore || moved(carried)) return { kind: "in_doubt" };
  return meanings[error] ?? { kind: "in_doubt" };
}

function carriedBy(fields: NurrFields, isSuccess: boolean): Carried {
  return carriedOf({
    operatorReference: isSuccess ? readReferenceText(fields.operatorTransactionId) : null,
    number: fields.phone,
    amount: readAmount(fields.amount),
    balanceBefore: readAmount(fields.before),
    balanceAfter: readAmount(fields.after),
    providerCommission: readAmount(fields.commission),
  });
}

/** True where before and after are both there and differ. */
function moved({ balanceBefore, balanceAfter }: Carried): boolean {
  return balanceBefore !== undefined && balanceAfter !== undefined && balanceBefore !== balanceAfter;
}

/** before − amount + commission = after (`wire.md`), where all four are there. */
function foots({ balanceBefore, balanceAfter, amount, providerCommission }: Carried): boolean {
  if (balanceBefore === undefined || balanceAfter === undefined) return true;
  if (amount === undefined || providerCommission === undefined) return true;
  return balanceBefore - amount + providerCommission === balanceAfter;
}
