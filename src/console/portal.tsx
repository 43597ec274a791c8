// `/portal`: a partner's own money and its latest recharges, its statement and its keys.
import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import type { z } from "zod";
import { noteOf } from "./act.tsx";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { Moment, Page } from "./page.tsx";
import { balanceSchema, keysSchema, rechargesSchema } from "./portal-answers.ts";
import { RechargeTable } from "./portal-recharges.tsx";
import { RefusedNote } from "./refused.tsx";
import { SpanForm, spanIn, Statements, statementsSchema } from "./statement-table.tsx";
import { Table } from "./table.tsx";

export function addPortal(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/portal", async (c) => {
    const [balance, recharges] = await Promise.all([
      ask(c, gateway, { path: "/v1/balance", schema: balanceSchema }),
      ask(c, gateway, { path: "/v1/recharges?limit=10", schema: rechargesSchema }),
    ]);
    return showPortal(c, { title: "Today", section: "/portal" }, [
      <Shown asked={balance} of={({ wallets }) => <Wallets wallets={wallets} />} />,
      <h2>Latest recharges</h2>,
      <Shown asked={recharges} of={(page) => <RechargeTable recharges={page.recharges} empty="No recharge yet." />} />,
    ]);
  });
  app.get("/portal/statement", async (c) => {
    const span = spanIn(c);
    const read = await ask(c, gateway, { path: `/v1/statement?${span.query}`, schema: statementsSchema });
    return showPortal(c, { title: "Statement", section: "/portal/statement" }, [
      <SpanForm action="/portal/statement" span={span} />,
      <Shown
        asked={read}
        of={({ statements }) => <Statements action="/portal/statement" span={span} statements={statements} />}
      />,
    ]);
  });
  app.get("/portal/keys", async (c) => {
    const keys = await ask(c, gateway, { path: "/v1/keys", schema: keysSchema });
    return showPortal(c, { title: "Keys", section: "/portal/keys" }, [
      <Shown asked={keys} of={(page) => <Keys keys={page.keys} />} />,
      <p class="muted">Whoever runs the gateway issues and revokes keys. Ask them at once when one has leaked.</p>,
    ]);
  });
}

interface Place {
  readonly title: string;
  readonly section: string;
}

export function showPortal(c: Context<ConsoleEnv>, place: Place, children: Child, status: 200 | 404 = 200) {
  return c.html(
    <Page {...place} guest={c.get("session").guest} {...noteOf(c)}>
      {children}
    </Page>,
    status,
  );
}

interface ShownProps<Value> {
  readonly asked: Asked<Value>;
  readonly of: (value: Value) => Child;
}

/** What was answered, or what was refused. */
export function Shown<Value>({ asked, of }: ShownProps<Value>) {
  return <>{asked.ok ? of(asked.value) : <RefusedNote refused={asked.refused} />}</>;
}

function Wallets({ wallets }: z.infer<typeof balanceSchema>) {
  return (
    <div class="cards">
      {wallets.map(({ currency, balance, held, debt }) => (
        <section class="card" aria-label={currency}>
          <h2>{moneyText(balance, currency)}</h2>
          <p class="muted">
            May be spent. {moneyText(held, currency)} is held for pending recharges
            {debt === "0.00" ? "" : `, and ${moneyText(debt, currency)} is owed`}.
          </p>
        </section>
      ))}
    </div>
  );
}

function Keys({ keys }: z.infer<typeof keysSchema>) {
  return (
    <Table
      label="Keys"
      head={["Name", "Id", "Surface", "May", "From", "Good until"]}
      empty="There is no key."
      rows={keys.map((key) => [
        key.name,
        <code>{key.key_id}</code>,
        key.surface,
        key.scopes.join(", "),
        key.addresses.join(", ") || "anywhere",
        key.revoked_at !== null ? (
          <span class="badge failed">revoked</span>
        ) : key.expires_at === null ? (
          "for good"
        ) : (
          <Moment at={key.expires_at} />
        ),
      ])}
    />
  );
}
