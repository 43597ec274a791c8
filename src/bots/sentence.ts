// What a chat message was found to say.
import type { Minor } from "../base/money.ts";
import type { Language } from "./dialogue-types.ts";
import type { Intent } from "./words.ts";

export type Unclear = "intent" | "number" | "amount" | "currency" | "product";

export interface Sentence {
  /** Null: nothing was understood. */
  readonly intent: Intent | null;
  /** Canonical number of a phone; of a biller's account as typed. */
  readonly number: string | null;
  readonly amount: Minor | null;
  /** None: nothing was said. One: it is that. Several: a choice. Ids of the catalogue. */
  readonly products: readonly string[];
  /** The products follow from the number plan alone; nobody named an operator. */
  readonly isSuggested: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly rechargeId: string | null;
  readonly language: Language | null;
  /** What was said in a way that has several readings, or none. Beside `product` the products are the choice. */
  readonly unclear: readonly Unclear[];
}
