// `/console`: what needs a person, first.
import type { Hono } from "hono";
import type { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Moment, Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { type Activity, activitySchema, floatsSchema } from "./today-answers.ts";
import { ByProduct, Floats, Now } from "./today-figures.tsx";
import { askWaiting, NeedsPerson } from "./today-person.tsx";

/** Asks for itself anew; what has not changed is left as it stands. */
const live = { "hx-get": "/console", "hx-trigger": "every 15s", "hx-select": "#today", "hx-swap": "outerMorph" };

export function addToday(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console", async (c) => {
    const [waiting, activity, floats] = await Promise.all([
      askWaiting(c, gateway),
      ask(c, gateway, { path: "/admin/v1/activity", schema: activitySchema }),
      ask(c, gateway, { path: "/admin/v1/floats", schema: floatsSchema }),
    ]);
    return c.html(
      <Page title="Today" section="/console" guest={c.get("session").guest}>
        <div id="today" class="live" {...live}>
          <NeedsPerson {...waiting} />
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
