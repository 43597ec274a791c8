// `/console/partners/{id}/keys`: the keys of a partner, and the form for a new one.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Press } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { addKeyActs } from "./partner-key-acts.tsx";
import { partnerApi, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { NewKey } from "./partner-new-key.tsx";
import { RefusedNote } from "./refused.tsx";
import { mayDo } from "./role.ts";
import { Table } from "./table.tsx";

const keysSchema = z.object({
  keys: z.array(
    z.object({
      key_id: z.string(),
      surface: z.string(),
      name: z.string(),
      scopes: z.array(z.string()),
      addresses: z.array(z.string()),
      expires_at: z.string().nullable(),
      revoked_at: z.string().nullable(),
    }),
  ),
});
type Key = z.infer<typeof keysSchema>["keys"][number];

export function addPartnerKeys(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/keys`, (c) =>
    showPartner(c, gateway, "/keys", async ({ id }) => {
      const { guest } = c.get("session");
      const keys = await ask(c, gateway, { path: partnerApi(c, "/keys"), schema: keysSchema });
      const may = { rotate: mayDo(guest, "admin"), revoke: mayDo(guest, "operator") };
      return (
        <>
          {keys.ok ? <Keys partner={id} keys={keys.value.keys} may={may} /> : <RefusedNote refused={keys.refused} />}
          <OnlyFor guest={guest} scope="admin">
            <NewKey partner={id} />
          </OnlyFor>
        </>
      );
    }),
  );
  addKeyActs(app, gateway);
}

interface KeysProps {
  readonly partner: string;
  readonly keys: readonly Key[];
  readonly may: { readonly rotate: boolean; readonly revoke: boolean };
}

function Keys({ partner, keys, may }: KeysProps) {
  const action = (verb: string) => `${partnersPage}/${partner}/keys/${verb}`;
  return (
    <Table
      label="Keys"
      head={["Name", "Id", "Surface", "May", "From", "Good until", ""]}
      empty="It has no key: it can ask for nothing."
      rows={keys.map((key) => [
        key.name,
        <code>{key.key_id}</code>,
        key.surface,
        key.scopes.join(", "),
        key.addresses.join(", ") || "anywhere",
        <Until keyShown={key} />,
        key.revoked_at !== null ? null : (
          <div class="choices">
            {may.rotate ? (
              <>
                <Press action={action("rotate")} text="Rotate" fields={{ key: key.key_id, name: nextName(key.name) }} />
                <Press
                  action={action("addresses")}
                  text="Addresses"
                  fields={{ key: key.key_id, name: key.name, now: key.addresses.join(" ") }}
                />
              </>
            ) : null}
            {may.revoke ? (
              <Press action={action("revoke")} text="Revoke" fields={{ key: key.key_id, name: key.name }} isDangerous />
            ) : null}
          </div>
        ),
      ])}
    />
  );
}

function Until({ keyShown }: { readonly keyShown: Key }) {
  if (keyShown.revoked_at !== null)
    return (
      <>
        <span class="badge failed">revoked</span> <Moment at={keyShown.revoked_at} />
      </>
    );
  return keyShown.expires_at === null ? <>for good</> : <Moment at={keyShown.expires_at} />;
}

/** `shop` → `shop 2` → `shop 3`. */
function nextName(name: string): string {
  const [, stem = name, number] = /^(.*?)(?: (\d{1,4}))?$/.exec(name) ?? [];
  return `${stem} ${Number(number ?? "1") + 1}`;
}
