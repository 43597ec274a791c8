// `/console/providers`: how each does, its breaker and switch, its rations, and in which order they are asked.
import type { Context, Hono } from "hono";
import type { Guest } from "../partners/sessions.ts";
import { addAct, noteOf } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Press } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment, Page } from "./page.tsx";
import { dayBookSchema, type DayRow, healthSchema, type Provider, providersSchema } from "./provider-answers.ts";
import { ProviderDays } from "./provider-days.tsx";
import { HealthTable } from "./provider-health.tsx";
import { RefusedNote } from "./refused.tsx";

export const providersPage = "/console/providers";
const daysShown = 14;
const dayMs = 86_400_000;

export function addProviders(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(providersPage, async (c) => {
    const { guest } = c.get("session");
    const days = daysBefore(c.get("services").clock.now());
    const [listed, book, health] = await Promise.all([
      ask(c, gateway, { path: "/admin/v1/providers", schema: providersSchema }),
      ask(c, gateway, {
        path: `/admin/v1/reports/day-book?from=${days[0]}&to=${days.at(-1)}`,
        schema: dayBookSchema,
      }),
      ask(c, gateway, { path: "/admin/v1/providers/health?window=24h", schema: healthSchema }),
    ]);
    const rows = book.ok ? book.value.rows : [];
    return c.html(
      <Page title="Providers" section={providersPage} guest={guest} {...noteOf(c)}>
        {listed.ok ? (
          <div class="cards wide">
            {listed.value.providers.map((provider) => (
              <ProviderCard provider={provider} guest={guest} rows={rows} days={days} />
            ))}
          </div>
        ) : (
          <RefusedNote refused={listed.refused} />
        )}
        {book.ok ? null : <RefusedNote refused={book.refused} />}
        <p>
          <a class="button quiet" href={`${providersPage}/order`}>
            Order in which they are asked
          </a>
        </p>
        <HealthTable health={health} />
      </Page>,
    );
  });
  addSwitch(app, gateway);
}

/** The days up to this moment (UTC), the earliest first. */
function daysBefore(now: number): readonly string[] {
  return Array.from({ length: daysShown }, (_, index) =>
    new Date(now - (daysShown - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

interface ProviderCardProps {
  readonly provider: Provider;
  readonly guest: Guest;
  readonly rows: readonly DayRow[];
  readonly days: readonly string[];
}

function ProviderCard({ provider, guest, rows, days }: ProviderCardProps) {
  const { id, protocol, mode, is_off: isOff, state } = provider;
  return (
    <article class="card" aria-labelledby={`provider-${id}`}>
      <h2 id={`provider-${id}`}>{id}</h2>
      <p>
        <span class={`badge ${isOff ? "failed" : "succeeded"}`}>{isOff ? "switched off" : "on"}</span>{" "}
        <span class="badge">{protocol}</span> <span class="badge">{mode}</span> <Breaker state={state} />
      </p>
      <ProviderDays provider={id} rows={rows} days={days} />
      <Known state={state} />
      <p>
        <a href={`${providersPage}/${id}/codes`}>Codes and tests</a> ·{" "}
        <a href={`${providersPage}/${id}/wallet`}>Our wallet there</a> ·{" "}
        <a href={`/console/reconciliation/statements/${id}/mapping`}>How its statements are read</a>
      </p>
      <OnlyFor guest={guest} scope="operator">
        <Press
          action={`${providersPage}/${id}/switch`}
          text={isOff ? "Switch on" : "Switch off"}
          fields={{ is_off: isOff ? "no" : "yes" }}
          isDangerous={!isOff}
        />
      </OnlyFor>
    </article>
  );
}

function Known({ state }: { readonly state: Provider["state"] }) {
  return (
    <dl class="facts">
      <div>
        <dt>Balance there</dt>
        <dd>
          {state.balance ?? "not known"}
          {state.balance_at === null ? null : (
            <small>
              {" "}
              <Moment at={state.balance_at} />
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>Kept back</dt>
        <dd>{state.floor ?? "nothing"}</dd>
      </div>
      <div>
        <dt>Lookups left today</dt>
        <dd>
          {state.lookups_left ?? "not rationed"}
          {state.lookups_waiting === 0 ? "" : `, ${state.lookups_waiting} wait`}
        </dd>
      </div>
    </dl>
  );
}

function Breaker({ state }: { readonly state: Provider["state"] }) {
  if (state.breaker === "closed") return null;
  return (
    <span class="badge doubt">
      {state.breaker === "open" ? "left out: " : "on trial: "}
      {state.bad_in_a_row} bad in a row
    </span>
  );
}

function addSwitch(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${providersPage}/:provider/switch`,
    title: "Switch a provider",
    section: providersPage,
    back: () => providersPage,
    done: "changed",
    says: (fields, c) => <SwitchWords provider={providerIn(c)} isOff={fields.one("is_off") === "yes"} />,
    asks: (fields, c) => ({
      method: "PUT",
      path: `/admin/v1/providers/${providerIn(c)}`,
      body: { is_off: fields.one("is_off") === "yes" },
    }),
  });
}

function providerIn(c: Context<ConsoleEnv>): string {
  return encodeURIComponent(c.req.param("provider") ?? "");
}

function SwitchWords({ provider, isOff }: { readonly provider: string; readonly isOff: boolean }) {
  return (
    <p>
      <strong>{provider}</strong>{" "}
      {isOff
        ? "is sent no new recharge of any partner, at once. What was sent is settled as before."
        : "is sent recharges again, at once, in its place of the order."}
    </p>
  );
}
