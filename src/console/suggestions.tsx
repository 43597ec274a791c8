// What fields about partners, providers and products suggest: asked for once the page is there, so that no page waits for it.
import type { Hono } from "hono";
import { z } from "zod";
import { products } from "../catalog/products.ts";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";

const path = "/console/suggestions";
const partnersSchema = z.object({ partners: z.array(z.object({ id: z.string(), name: z.string() })) });
const providersSchema = z.object({ providers: z.array(z.object({ id: z.string(), protocol: z.string() })) });

/** What a field's `suggests` may name: the id of its list. */
export type Suggests = "partners" | "providers" | "products";

/** Stands once on a page whose fields suggest. */
export function Suggestions() {
  return <div hx-get={path} hx-trigger="load" hx-swap="outerHTML" />;
}

/** A list that could not be read is empty: a field takes what is typed all the same. */
export function addSuggestions(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(path, async (c) => {
    const [partners, providers] = await Promise.all([
      ask(c, gateway, { path: "/admin/v1/partners?limit=200", schema: partnersSchema }),
      ask(c, gateway, { path: "/admin/v1/providers", schema: providersSchema }),
    ]);
    return c.html(
      <div hidden>
        <Options id="partners" of={partners.ok ? partners.value.partners.map((one) => [one.id, one.name]) : []} />
        <Options
          id="providers"
          of={providers.ok ? providers.value.providers.map((one) => [one.id, one.protocol]) : []}
        />
        <Options id="products" of={products.map(({ id, name }) => [id, name])} />
      </div>,
    );
  });
}

interface OptionsProps {
  readonly id: string;
  readonly of: readonly (readonly [value: string, words: string])[];
}

export function Options({ id, of }: OptionsProps) {
  return (
    <datalist id={id}>
      {of.map(([value, words]) => (
        <option value={value}>{words}</option>
      ))}
    </datalist>
  );
}
