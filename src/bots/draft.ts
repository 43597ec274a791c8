// An order in the making: what a sentence adds to it, and what the account is asked when nothing is missing.
import type { Minor } from "../base/money.ts";
import type { Product } from "../catalog/product.ts";
import type { ChatOrder, DialogueContext, Draft } from "./dialogue-types.ts";
import { mobileOf, productsForMobile, productsOf } from "./narrow-products.ts";
import { countriesOf } from "./parse-sentence.ts";
import type { Sentence } from "./sentence.ts";
import type { Turn } from "./turn.ts";

export function emptyDraft({ serial, at }: Turn): Draft {
  return {
    token: serial,
    startedAt: at,
    products: [],
    isSuggested: false,
    number: null,
    amount: null,
    fields: {},
    repeatOf: null,
  };
}

/** The draft that leads to this order again; `token` names the buttons of its questions. */
export function draftOf(order: ChatOrder, { serial, at }: Turn): Draft {
  const { product, number, amount, fields, repeatOf } = order;
  return { token: serial, startedAt: at, products: [product], isSuggested: false, number, amount, fields, repeatOf };
}

/**
 * What a sentence makes of a draft. A sentence with number and amount, or with another number, is a new order; what it
 * says of an order that is already open replaces what stood there. `asksNumber`: a number is then an answer.
 */
export function takeSentence(open: Draft | null, sentence: Sentence, turn: Turn, asksNumber: boolean): Draft {
  const isWhole = sentence.number !== null && sentence.amount !== null;
  const isOther = open?.number != null && sentence.number !== null && sentence.number !== open.number && !asksNumber;
  const draft = open === null || isWhole || isOther ? emptyDraft(turn) : open;
  const number = sentence.number ?? draft.number;
  const { products, isSuggested } = productsFor(draft, sentence, number, turn.context);
  const isSame = products.length === 1 && products[0] === draft.products[0];
  return {
    ...draft,
    number,
    amount: sentence.amount ?? draft.amount,
    products,
    isSuggested,
    fields: { ...(isSame || draft.products.length === 0 ? draft.fields : {}), ...sentence.fields },
    repeatOf: null,
  };
}

function productsFor(
  draft: Draft,
  sentence: Sentence,
  number: string | null,
  context: DialogueContext,
): Pick<Draft, "products" | "isSuggested"> {
  if (sentence.unclear.includes("product") && sentence.products.length === 0)
    return { products: [], isSuggested: false };
  const isNamed = sentence.products.length > 0 && !sentence.isSuggested;
  if (isNamed && (sentence.number !== null || number === null))
    return { products: sentence.products, isSuggested: false };
  const known = isNamed ? sentence.products : draft.products;
  const isNewNumber = sentence.number !== null;
  if (!isNamed && !isNewNumber) return { products: draft.products, isSuggested: draft.isSuggested };
  const mobile = number === null ? null : mobileOf(number, countriesOf(context.currencies));
  if (known.length === 0 || mobile === null)
    return known.length === 0 ? sentence : { products: known, isSuggested: false };
  const narrowed = productsForMobile(productsOf(known), mobile).map((product) => product.id);
  if (narrowed.length > 0) return { products: narrowed, isSuggested: false };
  return isNamed ? { products: known, isSuggested: false } : sentence;
}

/** The order of a draft from which nothing is missing. */
export function orderOf(
  { repeatOf }: Draft,
  {
    product,
    number,
    amount,
    fields,
  }: {
    product: Product;
    number: string;
    amount: Minor;
    fields: Readonly<Record<string, string>>;
  },
): ChatOrder {
  return { product: product.id, number, amount, currency: product.currency, fields, repeatOf };
}
