// `/console/settings/people`: who comes in by passkey, what each may do, and taking the keys of a lost device away.
import type { Hono } from "hono";
import { z } from "zod";
import { staffScopes } from "../partners/credentials.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field, Fold, Press, Ticks } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { RefusedNote } from "./refused.tsx";
import { Settings, settingsPage } from "./settings-frame.tsx";
import { Table } from "./table.tsx";

const peoplePage = `${settingsPage}/people`;
const peopleSchema = z.object({
  people: z.array(z.object({ person: z.string(), scopes: z.array(z.string()), passkeys: z.int() })),
});

export function addSettingsPeople(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(peoplePage, async (c) => {
    const read = await ask(c, gateway, { path: "/admin/v1/people", schema: peopleSchema });
    return c.html(
      <Settings c={c} tab="/people">
        <p class="muted">
          A passkey only adds a way in. What its person may do is kept here, and holds at once for open sessions too.
        </p>
        {read.ok ? <People {...read.value} /> : <RefusedNote refused={read.refused} />}
        <OnlyFor guest={c.get("session").guest} scope="admin">
          <Fold title="Change what a person may do">
            <form method="post" action={`${peoplePage}/roles`}>
              <Field label="Person" name="person" hint="As the audit names them" />
              <Ticks label="May" name="scopes" options={staffScopes} ticked={["viewer"]} />
              <small>Nothing ticked: the person comes in no more.</small>
              <button type="submit">Go on</button>
            </form>
          </Fold>
        </OnlyFor>
      </Settings>,
    );
  });
  addActs(app, gateway);
}

function People({ people }: z.infer<typeof peopleSchema>) {
  return (
    <Table
      label="People"
      head={["Person", "May", "Passkeys", ""]}
      figures={[2]}
      empty="Nobody has a passkey yet. It is added after signing in, under one's own name."
      rows={people.map(({ person, scopes, passkeys }) => [
        person,
        scopes.join(", ") || "nothing",
        passkeys,
        passkeys === 0 ? null : (
          <Press action={`${peoplePage}/lost`} text="Lost a device" fields={{ person }} isDangerous />
        ),
      ])}
    />
  );
}

function addActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  const same = { section: settingsPage, back: () => peoplePage } as const;
  addAct(app, gateway, {
    ...same,
    path: `${peoplePage}/roles`,
    title: "Change what a person may do",
    done: "changed",
    says: (fields) => (
      <p>
        <strong>{fields.one("person")}</strong> may from then on:{" "}
        {fields.all("scopes").join(", ") || "nothing, and comes in no more"}. It holds for open sessions too.
      </p>
    ),
    asks: (fields) => ({
      method: "PUT",
      path: "/admin/v1/people",
      body: { person: fields.one("person"), scopes: fields.all("scopes") },
    }),
  });
  addAct(app, gateway, {
    ...same,
    path: `${peoplePage}/lost`,
    title: "Take passkeys away",
    button: "Yes, take them away",
    isDangerous: true,
    done: "removed",
    says: (fields) => (
      <p>
        No passkey of <strong>{fields.one("person")}</strong> lets anybody in from then on, and every open session ends.
        A one-time link lets the person in, to add a new one.
      </p>
    ),
    asks: (fields) => ({ method: "POST", path: "/admin/v1/passkey-removals", body: { person: fields.one("person") } }),
  });
}
