// What staff do with a partner's keys: rotate, revoke, say from where. A secret is on the page that answers the form alone.
import type { Hono } from "hono";
import { addAct, type Fields } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field } from "./field.tsx";
import { partnerApi, partnerBack, partnerPage, partnersPage } from "./partner-frame.tsx";
import { addIssue, addressesIn, issuedSchema } from "./partner-new-key.tsx";
import { ShownOnce } from "./shown-once.tsx";

export function addKeyActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addIssue(app, gateway);
  addRotate(app, gateway);
  addAddresses(app, gateway);
  addAct(app, gateway, {
    path: `${partnerPage}/keys/revoke`,
    title: "Revoke a key",
    section: partnersPage,
    button: "Yes, revoke it",
    isDangerous: true,
    back: partnerBack("/keys"),
    done: "revoked",
    says: (fields) => (
      <p>
        <strong>{fields.one("name")}</strong> (<code>{fields.one("key")}</code>) is refused from then on, for good. What
        was placed with it goes on.
      </p>
    ),
    asks: (fields, c) => ({ method: "DELETE", path: keyPath(partnerApi(c), fields) }),
  });
}

function keyPath(partner: string, fields: Fields): string {
  return `${partner}/keys/${encodeURIComponent(fields.one("key"))}`;
}

function addAddresses(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${partnerPage}/keys/addresses`,
    title: "From where a key may be used",
    section: partnersPage,
    button: "Yes, change it",
    back: partnerBack("/keys"),
    done: "changed",
    says: (fields) => (
      <>
        <p>
          <strong>{fields.one("name")}</strong> (<code>{fields.one("key")}</code>) may be used from{" "}
          {fields.one("now") || "anywhere"} now. From any other address it is refused within 30 seconds.
        </p>
        <Field
          label="Addresses"
          name="addresses"
          value={fields.one("now")}
          isOptional
          hint="Single ones or ranges such as 192.0.2.0/24, with spaces between; empty: from anywhere."
        />
      </>
    ),
    asks: (fields, c) => ({
      method: "PUT",
      path: `${keyPath(partnerApi(c), fields)}/addresses`,
      body: { addresses: addressesIn(fields) },
    }),
  });
}

function addRotate(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${partnerPage}/keys/rotate`,
    title: "Rotate a key",
    section: partnersPage,
    button: "Yes, issue the new one",
    back: partnerBack("/keys"),
    done: "added",
    says: (fields) => (
      <p>
        A key like <code>{fields.one("key")}</code> is issued as <strong>{fields.one("name")}</strong>. The old one goes
        on for one day and is then refused. The new secret is shown on the next page, once.
      </p>
    ),
    asks: (fields, c) => ({
      method: "POST",
      path: `${keyPath(partnerApi(c), fields)}/rotate`,
      body: { name: fields.one("name") },
    }),
    shows: (answer) => <ShownOnce {...issuedSchema.parse(answer)} />,
  });
}
