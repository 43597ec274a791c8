// The form of a new key, and what is said before it is issued.
import type { Hono } from "hono";
import { z } from "zod";
import { scopes, surfaces } from "../partners/credentials.ts";
import { addAct, type Fields } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field, Fold, Ticks } from "./field.tsx";
import { partnerApi, partnerBack, partnerPage, partnersPage } from "./partner-frame.tsx";
import { ShownOnce } from "./shown-once.tsx";

export const issuedSchema = z.object({ key_id: z.string(), secrets: z.record(z.string(), z.string()) });

export function NewKey({ partner }: { readonly partner: string }) {
  return (
    <Fold title="Issue a key">
      <form method="post" action={`${partnersPage}/${partner}/keys`}>
        <Field
          label="Name"
          name="name"
          hint="For people. A name in use is refused, so a resent form makes no second key."
        />
        <Choice label="Surface" name="surface" options={surfaces.map((one) => [one, one])} />
        <Ticks
          label="It may"
          name="scopes"
          options={scopes}
          ticked={["recharges:write", "recharges:read", "account:read"]}
        />
        <Field
          label="Addresses"
          name="addresses"
          isOptional
          hint="From which it may be used, with spaces between; empty: from anywhere."
        />
        <Choice
          label="A live client of aopay or nurr takes doubt as"
          name="doubt_answer"
          options={[
            ["", "not such a client"],
            ["pending", "pending, which it understands"],
            ["hang_up", "no answer at all"],
          ]}
        />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}

/** As people write them: with spaces or commas between. */
export function addressesIn(fields: Fields): readonly string[] {
  return fields
    .one("addresses")
    .split(/[\s,]+/)
    .filter((one) => one !== "");
}

export function addIssue(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${partnerPage}/keys`,
    title: "Issue a key",
    section: partnersPage,
    button: "Yes, issue it",
    back: partnerBack("/keys"),
    done: "added",
    says: (fields) => (
      <p>
        Whoever has the key <strong>{fields.one("name")}</strong> may: {fields.all("scopes").join(", ") || "nothing"},
        from {fields.one("addresses") || "anywhere"}. Its secret is shown on the next page, once.
      </p>
    ),
    asks: (fields, c) => {
      const doubtAnswer = fields.one("doubt_answer");
      const body = {
        name: fields.one("name"),
        surface: fields.one("surface"),
        scopes: fields.all("scopes"),
        addresses: addressesIn(fields),
        ...(doubtAnswer === "" ? {} : { doubt_answer: doubtAnswer }),
      };
      return { method: "POST", path: partnerApi(c, "/keys"), body };
    },
    shows: (answer) => <ShownOnce {...issuedSchema.parse(answer)} />,
  });
}
