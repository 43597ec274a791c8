// `/console/partners/{id}/chat-users`: who recharges by chat, what they may spend, and unlinking or blocking one.
import type { Hono } from "hono";
import { z } from "zod";
import { addAct } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field, Press } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";
import { partnerApi, partnerBack, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { mayDo } from "./role.ts";
import { Table } from "./table.tsx";

const limitSchema = z.object({
  currency: z.string(),
  per_recharge: z.string().nullable(),
  per_day: z.string().nullable(),
  pin_above: z.string().nullable(),
});
const usersSchema = z.object({
  chat_users: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      language: z.string(),
      limits: z.array(limitSchema),
      has_pin: z.boolean(),
      pin_locked: z.boolean(),
      channel: z.string().nullable(),
      chat: z.string().nullable(),
      linked_at: z.string().nullable(),
      blocked: z.object({ reason: z.string(), since: z.string() }).nullable(),
    }),
  ),
});
type ChatUser = z.infer<typeof usersSchema>["chat_users"][number];

export function addPartnerChatUsers(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/chat-users`, (c) =>
    showPartner(c, gateway, "/chat-users", async ({ id }) => {
      const read = await ask(c, gateway, { path: partnerApi(c, "/chat-users"), schema: usersSchema });
      if (!read.ok) return <RefusedNote refused={read.refused} />;
      const mayChange = mayDo(c.get("session").guest, "operator");
      return (
        <>
          <Table
            label="Chat users"
            head={["Name", "Chat", "Linked", "May spend", "PIN", ""]}
            empty="Nobody recharges by chat for this partner."
            rows={read.value.chat_users.map((user) => [
              <>
                {user.name} <small>{user.id}</small>
              </>,
              <Chat user={user} />,
              user.linked_at === null ? "–" : <Moment at={user.linked_at} />,
              limitText(user),
              user.pin_locked ? <span class="badge failed">locked</span> : user.has_pin ? "set" : "none",
              mayChange ? <Verbs user={user} place={`${partnersPage}/${id}/chat-users`} /> : null,
            ])}
          />
          {mayChange ? null : (
            <p class="muted">
              Unlinking and blocking take the role <code>operator</code>.
            </p>
          )}
        </>
      );
    }),
  );
  addVerbs(app, gateway);
}

function Chat({ user: { channel, chat, blocked } }: { readonly user: ChatUser }) {
  if (blocked !== null)
    return (
      <>
        <span class="badge failed">blocked</span> <Moment at={blocked.since} />
        <small class="words">{blocked.reason}</small>
      </>
    );
  if (channel === null) return <>not linked</>;
  return (
    <>
      {channel} {chat === null ? null : <code>{chat}</code>}
    </>
  );
}

function limitText({ limits }: ChatUser): string {
  if (limits.length === 0) return "as the partner";
  return limits
    .map(({ currency, per_recharge: one, per_day: day }) => {
      const most = (amount: string | null) => (amount === null ? "any" : moneyText(amount, currency));
      return `${currency}: ${most(one)} at once, ${most(day)} a day`;
    })
    .join("; ");
}

function Verbs({ user, place }: { readonly user: ChatUser; readonly place: string }) {
  const fields = { user: user.id, name: user.name };
  return (
    <div class="choices">
      {user.channel === null ? null : <Press action={`${place}/unlink`} text="Unlink" fields={fields} />}
      {user.blocked === null ? (
        <Press action={`${place}/block`} text="Block" fields={fields} isDangerous />
      ) : (
        <Press action={`${place}/unblock`} text="Allow again" fields={fields} />
      )}
    </div>
  );
}

const verbs = {
  unlink: [
    "Unlink a chat",
    "orders nothing by chat from then on, until the partner gives a new code. What is pending goes on.",
  ],
  block: [
    "Block a chat user",
    "orders nothing by chat from then on, and no code links a chat. What is pending goes on.",
  ],
  unblock: ["Allow a chat user again", "may be linked again by a new code of the partner."],
} as const;

function addVerbs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  for (const verb of ["unlink", "block", "unblock"] as const)
    addAct(app, gateway, {
      path: `${partnerPage}/chat-users/${verb}`,
      title: verbs[verb][0],
      section: partnersPage,
      isDangerous: verb === "block",
      back: partnerBack("/chat-users"),
      done: "changed",
      says: (fields) => (
        <>
          <p>
            <strong>{fields.one("name")}</strong> (<code>{fields.one("user")}</code>) {verbs[verb][1]}
          </p>
          <Field
            label="Reason"
            name="reason"
            hint={verb === "block" ? "For the audit; the partner reads it too." : "For the audit."}
          />
        </>
      ),
      asks: (fields, c) => ({
        method: "POST",
        path: partnerApi(c, `/chat-users/${encodeURIComponent(fields.one("user"))}/${verb}`),
        body: { reason: fields.one("reason") },
      }),
    });
}
