// What a sentence is about, from its words and from whether it carries an order.
import type { Minor } from "../base/money.ts";
import type { Language } from "./dialogue-types.ts";
import type { Unclear } from "./sentence.ts";
import type { Intent } from "./words.ts";

export interface SaidWords {
  readonly intents: ReadonlySet<Intent>;
  readonly isNegated: boolean;
  /** Words that stand in no table. */
  readonly unknownWords: number;
}

export interface Carried {
  readonly number: string | null;
  readonly amount: Minor | null;
  readonly hasNames: boolean;
  readonly rechargeId: string | null;
  readonly language: Language | null;
  readonly unclear: readonly Unclear[];
}

interface Decided {
  readonly intent: Intent | null;
  readonly language: Language | null;
  readonly unclear: readonly Unclear[];
}

/** Words that drop or only read something go before an order in the same sentence: they do no harm. */
const beforeOrders: readonly Intent[] = ["unlink", "cancel", "status"];
/** Without an order, the first of these that is said. */
const withoutOrders: readonly Intent[] = ["repeat", "today", "recent", "balance", "language", "help"];

export function decideIntent(said: SaidWords, carried: Carried): Decided {
  const { language, unclear } = carried;
  const first = beforeOrders.find((intent) => said.intents.has(intent));
  const intent = first ?? (hasOrder(carried) ? orderIntent(said, carried) : plainIntent(said, carried));
  if (intent !== "unclear") return { intent, language, unclear };
  return { intent: "recharge", language, unclear: [...unclear, "intent"] };
}

function hasOrder({ number, amount, hasNames, unclear }: Carried): boolean {
  const isHalfSaid = unclear.includes("number") || unclear.includes("amount");
  return number !== null || amount !== null || hasNames || isHalfSaid;
}

function orderIntent({ intents, isNegated }: SaidWords, { number, amount, hasNames, unclear }: Carried) {
  if (isNegated) return "unclear";
  const isWhole = number !== null && (amount !== null || unclear.includes("amount"));
  if (intents.has("repeat")) {
    if (isWhole) return "recharge";
    return number !== null ? "repeat" : "unclear";
  }
  if (intents.has("recent")) {
    if (isWhole || hasNames) return "unclear";
    return "recent";
  }
  if (intents.has("balance") && !isWhole) return "unclear";
  return "recharge";
}

function plainIntent(
  { intents, unknownWords }: SaidWords,
  { rechargeId, language }: Carried,
): Intent | "unclear" | null {
  const command = withoutOrders.find((intent) => intents.has(intent));
  if (command === "balance" && intents.has("recharge")) return "unclear";
  if (command !== undefined) return command;
  if (intents.has("recharge")) return "recharge";
  if (rechargeId !== null) return "status";
  if (language !== null) return "language";
  const isPlain = unknownWords === 0 && intents.has("yes") !== intents.has("no");
  if (!isPlain) return null;
  return intents.has("yes") ? "yes" : "no";
}
