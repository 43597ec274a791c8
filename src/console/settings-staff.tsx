// `/console/settings`: letting people in by a link, keys of programs, and signing somebody out everywhere.
import type { Hono } from "hono";
import { z } from "zod";
import { staffScopes } from "../partners/credentials.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field, Fold, Ticks } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { Settings, settingsPage } from "./settings-frame.tsx";
import { addTokenActs, NewToken, Tokens, tokensSchema } from "./settings-tokens.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { Suggestions } from "./suggestions.tsx";

const linkSchema = z.object({ path: z.string(), expires_at: z.string() });

export function addSettingsStaff(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(settingsPage, async (c) => {
    const tokens = await ask(c, gateway, { path: "/admin/v1/staff-tokens", schema: tokensSchema });
    return c.html(
      <Settings c={c} tab="">
        <OnlyFor guest={c.get("session").guest} scope="admin">
          <LinkForms />
          <NewToken />
          <Suggestions />
        </OnlyFor>
        <Tokens tokens={tokens} />
      </Settings>,
    );
  });
  addLink(app, gateway);
  addSignOut(app, gateway);
  addTokenActs(app, gateway);
}

function LinkForms() {
  return (
    <>
      <Fold title="Let a person of staff in">
        <form method="post" action={`${settingsPage}/links`}>
          <Field label="Person" name="person" hint="As the audit will name them" />
          <Ticks label="May" name="scopes" options={staffScopes} ticked={["viewer"]} />
          <button type="submit">Make a link</button>
        </form>
      </Fold>
      <Fold title="Let a partner's person into the portal">
        <form method="post" action={`${settingsPage}/links`}>
          <Field label="Person" name="person" />
          <Field label="Partner" name="partner" hint="Its id, such as ptn_00001" suggests="partners" />
          <button type="submit">Make a link</button>
        </form>
      </Fold>
      <Fold title="Sign somebody out everywhere">
        <form method="post" action={`${settingsPage}/sign-outs`}>
          <Field label="Person" name="person" />
          <button type="submit" class="danger">
            Sign out
          </button>
        </form>
      </Fold>
    </>
  );
}

function addLink(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${settingsPage}/links`,
    title: "Let a person in",
    section: settingsPage,
    button: "Make the link",
    back: () => settingsPage,
    done: "added",
    says: (fields) => (
      <p>
        A link lets <strong>{fields.one("person")}</strong>{" "}
        {fields.one("partner") === ""
          ? `into the console, as ${fields.all("scopes").join(", ") || "nobody"}`
          : `into the portal of ${fields.one("partner")}, and nowhere else`}
        . It works once, within 15 minutes, for a session of 12 hours.
      </p>
    ),
    asks: (fields) => {
      const [person, partner] = [fields.one("person"), fields.one("partner")];
      const body = partner === "" ? { person, scopes: fields.all("scopes") } : { person, partner };
      return { method: "POST", path: "/admin/v1/sign-in-links", body };
    },
    shows: (answer, c) => {
      const { path, expires_at: until } = linkSchema.parse(answer);
      return (
        <>
          <ShownOnce secrets={{ link: new URL(path, c.req.url).href }} />
          <p>
            Give it to that person alone. It is over at <Moment at={until} />.
          </p>
        </>
      );
    },
  });
}

function addSignOut(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${settingsPage}/sign-outs`,
    title: "Sign somebody out everywhere",
    section: settingsPage,
    button: "Yes, sign out",
    isDangerous: true,
    back: () => settingsPage,
    done: "signed-out",
    says: (fields) => (
      <p>
        Every session of <strong>{fields.one("person")}</strong>, and every link that was not used, ends at once.
      </p>
    ),
    asks: (fields) => ({ method: "POST", path: "/admin/v1/sign-outs", body: { person: fields.one("person") } }),
  });
}
