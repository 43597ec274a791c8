// The next thing that a draft needs: a question to the user, or a quote from the account.
import { checkAmount, checkFields, checkNumber } from "../catalog/check.ts";
import { readField } from "../catalog/fields.ts";
import type { FieldSpec, NumberForm, Product } from "../catalog/product.ts";
import type { Asks, DialogueState, Draft, Step } from "./dialogue-types.ts";
import { orderOf } from "./draft.ts";
import { limitNote } from "./limits.ts";
import { productsMessage, questionMessage } from "./messages.ts";
import { productsOf } from "./narrow-products.ts";
import { offeredProducts } from "./offered-products.ts";
import { agentIdOf, enter, idle, perform, say, sayText, type Turn } from "./turn.ts";

const mobileForms: readonly NumberForm[] = ["in_mobile", "bd_mobile", "in_datacard"];

/** Asks for the first thing that is missing or wrong, `note` before it; a quote when nothing is. */
export function advance(state: DialogueState, draft: Draft, turn: Turn, note: string | null = null): Step {
  const { speech, context } = turn;
  const products = productsOf(draft.products).filter((product) => context.sells(product.id));
  if (draft.products.length > 0 && products.length === 0)
    return sayText(enter(state, idle), speech.text("refusal.product_unavailable"));
  const [product, ...more] = products;
  if (draft.number === null) {
    const tellsByNumber = product === undefined || products.some((one) => mobileForms.includes(one.numberForm));
    if (more.length > 0 && !tellsByNumber) return askProduct(state, draft, turn, 0, note);
    return askNumber(state, draft, turn, note);
  }
  if (product === undefined || more.length > 0) return askProduct(state, draft, turn, 0, note);
  const number = checkNumber(product, draft.number);
  if (!number.ok) return askAfterBadNumber(state, draft, turn, number.problem.code === "number_operator");
  return advanceChosen(state, draft, turn, { product, number: number.value, note });
}

interface Chosen {
  readonly product: Product;
  readonly number: string;
  readonly note: string | null;
}

function advanceChosen(state: DialogueState, draft: Draft, turn: Turn, chosen: Chosen): Step {
  const { speech, context } = turn;
  const { product, number, note } = chosen;
  const missing = product.fields.find((spec) => readField(spec.name, draft.fields[spec.name] ?? "") === null);
  if (missing !== undefined) return askField(state, draft, turn, missing, note);
  const own = product.fields.map((spec) => [spec.name, draft.fields[spec.name] ?? ""]);
  const fields = checkFields(product, Object.fromEntries(own));
  if (!fields.ok) return sayText(enter(state, idle), speech.text("refusal.field"));
  const { amount } = draft;
  if (amount === null) return askAmount(state, draft, turn, note);
  const wrong = checkAmount(product, amount, null);
  const above = wrong === null ? limitNote(product.currency, amount, turn) : speech.text(`refusal.${wrong.code}`);
  if (above !== null) return askAmount(state, { ...draft, amount: null }, turn, above);
  const order = orderOf(draft, { product, number, amount, fields: fields.value });
  const agentId = agentIdOf(context.user.id, turn.serial);
  const purpose = draft.isSuggested ? "suggested" : "show";
  return perform(enter(state, idle), turn, { kind: "quote", order, agentId }, purpose);
}

function collect(state: DialogueState, draft: Draft, asks: Asks): DialogueState {
  return enter(state, { kind: "collecting", draft, asks });
}

/** The question for the number, in the words of the product where there is one. */
export function askNumber(state: DialogueState, draft: Draft, turn: Turn, note: string | null): Step {
  const { speech } = turn;
  const [product, ...more] = productsOf(draft.products);
  const isMobile = product === undefined || more.length > 0 || product.numberForm.endsWith("_mobile");
  const question = isMobile
    ? speech.text("say.askMobile")
    : speech.text("say.askAccount", {
        label: speech.text(`number.${product.numberForm}`, { label: product.numberLabel }),
        product: speech.product(product),
      });
  const asked = collect(state, draft, { what: "number" });
  return say(asked, questionMessage(speech, draft, [note, question]));
}

function askAfterBadNumber(state: DialogueState, draft: Draft, turn: Turn, isOperator: boolean): Step {
  const { speech } = turn;
  if (isOperator) return askProduct(state, { ...draft, products: [] }, turn, 0, speech.text("refusal.number_operator"));
  const [product] = productsOf(draft.products);
  const note = product === undefined ? null : speech.text("say.badNumber", { product: speech.product(product) });
  return askNumber(state, { ...draft, number: null }, turn, note);
}

/** The question for the operator, with the choice that is left on pages. */
export function askProduct(state: DialogueState, draft: Draft, turn: Turn, page: number, note: string | null): Step {
  const { speech, context } = turn;
  const products = offeredProducts(draft, context);
  if (products.length === 0) return sayText(enter(state, idle), speech.text("refusal.product_unavailable"));
  const question =
    draft.number === null
      ? speech.text("say.askProductFirst")
      : speech.text("say.askProduct", { number: speech.digits(draft.number) });
  const asked = collect(state, draft, { what: "product", page });
  return say(asked, productsMessage(speech, draft, { products, page, lines: [note, question] }));
}

export function askField(state: DialogueState, draft: Draft, turn: Turn, spec: FieldSpec, note: string | null): Step {
  const { speech } = turn;
  const question = speech.text("say.askField", {
    label: speech.text(`field.${spec.name}`),
    example: speech.digits(spec.example),
  });
  const asked = collect(state, draft, { what: "field", name: spec.name });
  return say(asked, questionMessage(speech, draft, [note, question]));
}

export function askAmount(state: DialogueState, draft: Draft, turn: Turn, note: string | null): Step {
  const { speech } = turn;
  const [product] = productsOf(draft.products);
  const question =
    product === undefined
      ? speech.text("say.askAmountFirst")
      : speech.text("say.askAmount", {
          min: speech.money(product.minMinor, product.currency),
          max: speech.money(product.maxMinor, product.currency),
        });
  return say(collect(state, draft, { what: "amount" }), questionMessage(speech, draft, [note, question]));
}
