// `/console`: what needs a person, first.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import { caseKindText } from "./case-words.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { Moment, Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { type Activity, activitySchema, floatsSchema } from "./today-answers.ts";
import { ByProduct, Floats, Now } from "./today-figures.tsx";

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

/** Asks for itself anew; what has not changed is left as it stands. */
const live = { "hx-get": "/console", "hx-trigger": "every 15s", "hx-select": "#today", "hx-swap": "outerMorph" };

export function addToday(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console", async (c) => {
    const [cases, activity, floats] = await Promise.all([
      ask(c, gateway, { path: "/admin/v1/cases?limit=10", schema: casesSchema }),
      ask(c, gateway, { path: "/admin/v1/activity", schema: activitySchema }),
      ask(c, gateway, { path: "/admin/v1/floats", schema: floatsSchema }),
    ]);
    return c.html(
      <Page title="Today" section="/console" guest={c.get("session").guest}>
        <div id="today" class="live" {...live}>
          <NeedsPerson cases={cases} />
          {activity.ok ? (
            <Figures activity={activity.value} floats={floats} />
          ) : (
            <RefusedNote refused={activity.refused} />
          )}
        </div>
      </Page>,
    );
  });
}

interface Known {
  readonly activity: Activity;
  readonly floats: Asked<z.infer<typeof floatsSchema>>;
}

function Figures({ activity, floats }: Known) {
  return (
    <>
      <section aria-labelledby="now">
        <h2 id="now">Now</h2>
        <Now activity={activity} />
      </section>
      <section aria-labelledby="floats">
        <h2 id="floats">Our money at the providers</h2>
        {floats.ok ? (
          <Floats floats={floats.value.floats} activity={activity} />
        ) : (
          <RefusedNote refused={floats.refused} />
        )}
      </section>
      <section aria-labelledby="products">
        <h2 id="products">By provider and product</h2>
        <ByProduct activity={activity} />
      </section>
      {activity.known_until === null ? null : (
        <p class="muted">
          The newest fact that is counted: <Moment at={activity.known_until} />
        </p>
      )}
    </>
  );
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
    <div class="table" role="region" aria-labelledby="needs-person" tabindex={0}>
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
              <td>{caseKindText(one.kind)}</td>
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
