// Tokens of programs, a part of `/console/settings`: issued, shown once, revoked.
import type { Hono } from "hono";
import { z } from "zod";
import { staffScopes } from "../partners/credentials.ts";
import { addAct } from "./act.tsx";
import type { AskGateway, Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field, Fold, Press, Ticks } from "./field.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { settingsPage } from "./settings-frame.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { Table } from "./table.tsx";

export const tokensSchema = z.object({
  tokens: z.array(
    z.object({
      token_id: z.string(),
      staff: z.string(),
      scopes: z.array(z.string()),
      expires_at: z.string().nullable(),
      revoked_at: z.string().nullable(),
    }),
  ),
});
const issuedSchema = z.object({ token_id: z.string(), token: z.string() });
const dayMs = 86_400_000;
const lasts = [
  ["90", "90 days"],
  ["365", "a year"],
  ["7", "a week"],
  ["", "for good"],
] as const;

export function Tokens({ tokens }: { readonly tokens: Asked<z.infer<typeof tokensSchema>> }) {
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Tokens of programs</h2>
      <p class="muted">For the command line and other programs.</p>
      {tokens.ok ? (
        <Table
          label="Staff tokens"
          head={["Who", "Id", "May", "Good until", ""]}
          empty="There is none."
          rows={tokens.value.tokens.map((one) => [
            one.staff,
            <code>{one.token_id}</code>,
            one.scopes.join(", "),
            one.revoked_at !== null ? "revoked" : one.expires_at === null ? "for good" : <Moment at={one.expires_at} />,
            one.revoked_at !== null ? null : (
              <Press
                action={`${settingsPage}/tokens/revoke`}
                text="Revoke"
                fields={{ token: one.token_id }}
                isDangerous
              />
            ),
          ])}
        />
      ) : (
        <RefusedNote refused={tokens.refused} />
      )}
    </section>
  );
}

export function NewToken() {
  return (
    <Fold title="Issue a token for a program">
      <form method="post" action={`${settingsPage}/tokens`}>
        <Field label="Who" name="staff" hint="As the audit will name it" />
        <Ticks label="May" name="scopes" options={staffScopes} ticked={["viewer"]} />
        <Choice label="Good for" name="days" options={lasts} />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}

export function addTokenActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  const same = { section: settingsPage, back: () => settingsPage } as const;
  addAct(app, gateway, {
    ...same,
    path: `${settingsPage}/tokens`,
    title: "Issue a token",
    button: "Yes, issue it",
    done: "added",
    says: (fields) => (
      <p>
        Whoever has the token of <strong>{fields.one("staff")}</strong> may:{" "}
        {fields.all("scopes").join(", ") || "nothing"},{" "}
        {lasts.find(([days]) => days === fields.one("days"))?.[1] ?? "for good"}. It is shown on the next page, once.
      </p>
    ),
    asks: (fields, c) => {
      const days = Number(/^\d{1,4}$/.exec(fields.one("days"))?.[0] ?? "0");
      const until = new Date(c.get("services").clock.now() + days * dayMs).toISOString();
      const body = { staff: fields.one("staff"), scopes: fields.all("scopes") };
      return {
        method: "POST",
        path: "/admin/v1/staff-tokens",
        body: { ...body, ...(days === 0 ? {} : { expires_at: until }) },
      };
    },
    shows: (answer) => {
      const { token_id: id, token } = issuedSchema.parse(answer);
      return <ShownOnce key_id={id} secrets={{ token }} />;
    },
  });
  addAct(app, gateway, {
    ...same,
    path: `${settingsPage}/tokens/revoke`,
    title: "Revoke a staff token",
    button: "Yes, revoke it",
    isDangerous: true,
    done: "revoked",
    says: (fields) => (
      <p>
        <code>{fields.one("token")}</code> is refused from then on, for good.
      </p>
    ),
    asks: (fields) => ({ method: "DELETE", path: `/admin/v1/staff-tokens/${encodeURIComponent(fields.one("token"))}` }),
  });
}
