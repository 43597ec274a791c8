// The messages of the dialogue that carry buttons or lists, within the limits of both platforms.
import type { Product } from "../catalog/product.ts";
import { findProduct } from "../catalog/products.ts";
import type {
  Button,
  ChatMessage,
  ChatOrder,
  ChatQuote,
  DialogueContext,
  Draft,
  Row,
  ShownRecharge,
} from "./dialogue-types.ts";
import { languages } from "./dialogue-types.ts";
import { type MenuItem, type Payload, writePayload } from "./payloads.ts";
import { clip, type Speech } from "./speak.ts";
import { linesOf } from "./turn.ts";

export const buttonTitleLength = 20;
export const rowTitleLength = 24;
export const rowDescriptionLength = 72;
/** With "more" and "cancel" a list has ten rows. */
export const rowsOnPage = 8;

export function buttonOf(title: string, payload: Payload): Button {
  return { id: writePayload(payload), title: clip(title, buttonTitleLength) };
}

export function rowOf(title: string, description: string | null, payload: Payload): Row {
  return {
    id: writePayload(payload),
    title: clip(title, rowTitleLength),
    description: description === null ? null : clip(description, rowDescriptionLength),
  };
}

export function withButtons(text: string, buttons: readonly Button[]): ChatMessage {
  return { text, choices: { kind: "buttons", buttons } };
}

export function cancelButton(speech: Speech, token: string): Button {
  return buttonOf(speech.text("button.cancel"), { kind: "cancel", token });
}

/** A question with nothing but a way out under it. */
export function questionMessage(speech: Speech, draft: Draft, lines: readonly (string | null)[]): ChatMessage {
  return withButtons(linesOf(lines), [cancelButton(speech, draft.token)]);
}

/** A choice of products: buttons for two, a list with pages for more. */
export function productsMessage(
  speech: Speech,
  draft: Draft,
  { products, page, lines }: { products: readonly Product[]; page: number; lines: readonly (string | null)[] },
): ChatMessage {
  const { token } = draft;
  const text = linesOf(lines);
  const isDistinct = new Set(products.map((product) => product.operatorName)).size === products.length;
  const nameOf = (product: Product) => (isDistinct ? product.operatorName : speech.product(product));
  const payloadOf = ({ id }: Product): Payload => ({ kind: "product", token, product: id });
  if (products.length <= 2) {
    const buttons = products.map((product) => buttonOf(nameOf(product), payloadOf(product)));
    const other = buttonOf(speech.text("button.other"), { kind: "other", token });
    return withButtons(text, [...buttons, draft.isSuggested ? other : cancelButton(speech, token)]);
  }
  const from = page * rowsOnPage < products.length ? page * rowsOnPage : 0;
  const rows = products
    .slice(from, from + rowsOnPage)
    .map((product) => rowOf(nameOf(product), speech.product(product), payloadOf(product)));
  const next: Payload = { kind: "page", token, page: from / rowsOnPage + 1 };
  if (from + rowsOnPage < products.length) rows.push(rowOf(speech.text("button.more"), null, next));
  rows.push(rowOf(speech.text("button.cancel"), null, { kind: "cancel", token }));
  return { text, choices: { kind: "list", opens: clip(speech.text("button.choose"), buttonTitleLength), rows } };
}

/** What will happen if it is confirmed, and the buttons that are bound to this very quote. */
export function quoteMessage(
  speech: Speech,
  { token, order, quote, isSuggested }: { token: string; order: ChatOrder; quote: ChatQuote; isSuggested: boolean },
  note: string | null,
): ChatMessage {
  const product = findProduct(order.product);
  const fields = Object.entries(order.fields).map(([name, value]) => {
    const spec = product?.fields.find((field) => field.name === name);
    return spec === undefined ? null : `${speech.text(`field.${spec.name}`)}: ${value}`;
  });
  const text = linesOf([
    note,
    speech.text("say.quote", {
      amount: speech.money(quote.face, quote.currency),
      number: speech.digits(quote.number),
      product: product === null ? order.product : speech.product(product),
    }),
    ...fields,
    speech.text("say.quoteMoney", {
      cost: speech.money(quote.cost, quote.currency),
      balance: speech.money(quote.balanceAfter, quote.currency),
    }),
    isSuggested ? speech.text("say.quoteSuggested") : null,
    order.repeatOf === null ? null : speech.text("say.quoteRepeat", { id: order.repeatOf }),
    speech.text("say.quoteEnds"),
  ]);
  const other = isSuggested ? [buttonOf(speech.text("button.other"), { kind: "other", token })] : [];
  const confirm = buttonOf(speech.text("button.confirm"), { kind: "confirm", token });
  return withButtons(text, [confirm, ...other, cancelButton(speech, token)]);
}

/** The latest recharges, each a row that tells more. */
export function recentMessage(speech: Speech, recharges: readonly ShownRecharge[]): ChatMessage {
  if (recharges.length === 0) return { text: speech.text("say.recentNone"), choices: null };
  const rows = recharges.slice(0, rowsOnPage).map((recharge) => {
    const product = findProduct(recharge.product);
    const what = product === null ? recharge.product : speech.product(product);
    const state = speech.text(`state.${recharge.state}`);
    const when = speech.time(recharge.createdAt, recharge.currency);
    const title = `${speech.money(recharge.face, recharge.currency)} ${speech.digits(recharge.number)}`;
    return rowOf(title, `${state} · ${when} · ${what}`, { kind: "show", rechargeId: recharge.id });
  });
  const opens = clip(speech.text("button.choose"), buttonTitleLength);
  return { text: speech.text("say.recent"), choices: { kind: "list", opens, rows } };
}

export function menuMessage(speech: Speech, lines: readonly string[]): ChatMessage {
  const items: readonly MenuItem[] = ["balance", "recent", "today"];
  return withButtons(
    linesOf(lines),
    items.map((item) => buttonOf(speech.text(`button.${item}`), { kind: "menu", item })),
  );
}

/** Each language in its own words. */
export function languagesMessage(speech: Speech): ChatMessage {
  const names = { en: "English", bn: "বাংলা", hi: "हिन्दी" };
  const buttons = languages.map((language) => buttonOf(names[language], { kind: "language", language }));
  return withButtons(speech.text("say.askLanguage"), buttons);
}

/** A sentence that works for this partner, to show how it is done. */
export function exampleOf(speech: Speech, { currencies }: DialogueContext): string {
  const examples = { BDT: "01712345678 20 gp", INR: "9812345678 199 jio" };
  return currencies.map((currency) => speech.digits(examples[currency])).join("\n");
}
