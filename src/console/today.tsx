// `/console`: what needs a person, first.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { Moment, Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";

const moneySchema = z.object({ amount: z.string(), currency: z.string() });
const casesSchema = z.object({
  cases: z.array(
    z.object({
      recharge_id: z.string(),
      kind: z.string(),
      product: z.string(),
      provider: z.string(),
      placed_at: z.string(),
      money_at_risk: moneySchema,
    }),
  ),
});

type Cases = z.infer<typeof casesSchema>["cases"];

export function addToday(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console", async (c) => {
    const cases = await ask(c, gateway, { path: "/admin/v1/cases?limit=10", schema: casesSchema });
    return c.html(
      <Page title="Today" section="/console" guest={c.get("session").guest}>
        <NeedsPerson cases={cases} />
      </Page>,
    );
  });
}

function NeedsPerson({ cases }: { readonly cases: Asked<z.infer<typeof casesSchema>> }) {
  return (
    <section aria-labelledby="needs-person">
      <h2 id="needs-person">Needs a person</h2>
      {cases.ok ? <CaseTable cases={cases.value.cases} /> : <RefusedNote refused={cases.refused} />}
    </section>
  );
}

function CaseTable({ cases }: { readonly cases: Cases }) {
  if (cases.length === 0) return <p class="empty">Nothing waits for a person. Every doubt is being asked about.</p>;
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Money held since</th>
            <th scope="col">Recharge</th>
            <th scope="col">Why</th>
            <th scope="col">Product</th>
            <th scope="col">Provider</th>
            <th scope="col" class="figure">
              At risk
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr>
              <td>
                <Moment at={one.placed_at} />
              </td>
              <td>
                <a href={`/console/cases/${one.recharge_id}`}>{one.recharge_id}</a>
              </td>
              <td>{one.kind.replaceAll("_", " ")}</td>
              <td>{one.product}</td>
              <td>{one.provider}</td>
              <td class="figure">{moneyText(one.money_at_risk.amount, one.money_at_risk.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
