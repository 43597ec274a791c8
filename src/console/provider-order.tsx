// `/console/providers/order`: which provider is asked first for a product. Moving up and down drafts; one form sets it.
import type { Hono } from "hono";
import { products } from "../catalog/products.ts";
import { addAct, noteOf } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { OnlyFor } from "./only-for.tsx";
import { Page } from "./page.tsx";
import { type Provider, providersSchema } from "./provider-answers.ts";
import { providersPage } from "./providers.tsx";
import { RefusedNote } from "./refused.tsx";

const orderPage = `${providersPage}/order`;

export function addProviderOrder(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(orderPage, async (c) => {
    const { guest } = c.get("session");
    const product = productOf(c.req.query("product"));
    const listed = await ask(c, gateway, { path: "/admin/v1/providers", schema: providersSchema });
    return c.html(
      <Page title="Order of providers" section={providersPage} guest={guest} {...noteOf(c)}>
        <ProductForm product={product} />
        {listed.ok ? (
          <OnlyFor guest={guest} scope="operator">
            <Draft
              product={product}
              draft={draftOf(listed.value, product, c.req.query("draft"))}
              isSet={listed.value.order.some((one) => one.product === product)}
            />
          </OnlyFor>
        ) : (
          <RefusedNote refused={listed.refused} />
        )}
        <p>
          <a href={providersPage}>Back to providers</a>
        </p>
      </Page>,
    );
  });
  addSet(app, gateway);
}

function productOf(asked: string | undefined): string {
  return products.some(({ id }) => id === asked) ? (asked ?? "*") : "*";
}

interface Listed {
  readonly providers: readonly Provider[];
  readonly order: readonly { readonly product: string; readonly providers: readonly string[] }[];
}

/** Every provider once: as drafted, else as staff set it, then by the settings. What is no provider is left out. */
function draftOf({ providers, order }: Listed, product: string, draft: string | undefined): readonly string[] {
  const bySettings = providers.toSorted((a, b) => placeOf(a, product) - placeOf(b, product)).map(({ id }) => id);
  const asSet = order.find((one) => one.product === product)?.providers ?? [];
  const first = draft === undefined ? asSet : draft.split(",");
  return [...new Set([...first, ...bySettings])].filter((id) => bySettings.includes(id));
}

function placeOf({ settings }: Provider, product: string): number {
  return settings.orderOf[product] ?? settings.order;
}

function ProductForm({ product }: { readonly product: string }) {
  return (
    <form method="get" action={orderPage} class="filters">
      <label>
        Product
        <select name="product">
          <option value="*">every product without an order of its own</option>
          {products.map(({ id, name }) => (
            <option value={id} selected={id === product}>
              {name} ({id})
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

interface DraftProps {
  readonly product: string;
  readonly draft: readonly string[];
  readonly isSet: boolean;
}

function Draft({ product, draft, isSet }: DraftProps) {
  return (
    <section aria-labelledby="order">
      <h2 id="order">First to ask first</h2>
      <p class="muted">{isSet ? "Set by staff." : "By the settings: staff set no order here."}</p>
      <p class="muted">Draw a row by its grip, or use the buttons; nothing holds before it is set.</p>
      <ol class="order" data-order={`${orderPage}?${new URLSearchParams({ product, draft: "" }).toString()}`}>
        {draft.map((id, index) => (
          <li data-id={id}>
            <b class="grip" aria-hidden="true">
              ⠿
            </b>
            <span>{id}</span>
            <Move product={product} draft={moved(draft, index, -1)} text="Up" what={`${id} up`} />
            <Move product={product} draft={moved(draft, index, 1)} text="Down" what={`${id} down`} />
          </li>
        ))}
      </ol>
      <div class="choices">
        <form method="post" action={orderPage} class="press">
          <input type="hidden" name="product" value={product} />
          {draft.map((id) => (
            <input type="hidden" name="providers" value={id} />
          ))}
          <button type="submit">Set this order</button>
        </form>
        <form method="post" action={orderPage} class="press">
          <input type="hidden" name="product" value={product} />
          <button type="submit" class="quiet">
            As the settings say
          </button>
        </form>
      </div>
    </section>
  );
}

/** The list with one entry moved by one place; null at its ends. */
function moved(draft: readonly string[], index: number, by: -1 | 1): readonly string[] | null {
  const to = index + by;
  const one = draft[index];
  if (one === undefined || to < 0 || to >= draft.length) return null;
  return draft.toSpliced(index, 1).toSpliced(to, 0, one);
}

interface MoveProps {
  readonly product: string;
  readonly draft: readonly string[] | null;
  readonly text: string;
  readonly what: string;
}

function Move({ product, draft, text, what }: MoveProps) {
  if (draft === null) return null;
  const query = new URLSearchParams({ product, draft: draft.join(",") }).toString();
  return (
    <a class="button quiet" href={`${orderPage}?${query}`} aria-label={what}>
      {text}
    </a>
  );
}

function addSet(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: orderPage,
    title: "Set the order of providers",
    section: providersPage,
    back: () => orderPage,
    done: "changed",
    says: (fields) => {
      const order = fields.all("providers");
      const product = fields.one("product");
      return (
        <p>
          The next recharge of every partner for {product === "*" ? "every product without its own order" : product}{" "}
          asks <strong>{order.length === 0 ? "as the settings say" : order.join(", then ")}</strong>. What was sent
          stays where it is.
        </p>
      );
    },
    asks: (fields) => ({
      method: "PUT",
      path: "/admin/v1/providers/order",
      body: { product: fields.one("product"), providers: fields.all("providers") },
    }),
  });
}
