// `/console/sessions` and `/portal/sessions`: where a person is signed in, and the way out of all of them.
import type { Hono } from "hono";
import { endOwnSessions, listOwnSessions, type OpenSession } from "../partners/own-sessions.ts";
import { listPasskeys } from "../partners/passkeys.ts";
import type { Guest, OpenedBy } from "../partners/sessions.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Moment, Page } from "./page.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { dropToken } from "./session.ts";

const placeOf = { staff: "/console", partner: "/portal" } as const satisfies Record<Guest["kind"], string>;
const ways = {
  link: "one-time link",
  passkey: "passkey",
  access: "Cloudflare Access",
} as const satisfies Record<OpenedBy, string>;

export function addSessions(app: Hono<ConsoleEnv>, kind: Guest["kind"]): void {
  const path = `${placeOf[kind]}/sessions`;
  app.get(path, async (c) => {
    const { guest } = c.get("session");
    const sessions = await listOwnSessions(c.get("services").staff, guest);
    return c.html(
      <Page title="Your sessions" section={path} guest={guest} takesPasskeys={guest.kind === "staff"}>
        <SessionTable sessions={sessions} />
        {guest.kind === "staff" ? (
          <Passkeys count={(await listPasskeys(c.get("services").staff, guest.person)).length} at={c.req.url} />
        ) : null}
        <form method="post" action={`${path}/end`}>
          <p>
            Somebody else may have your device, or your link? Sign out everywhere: it ends{" "}
            {sessions.length === 1 ? "this session" : `all ${sessions.length} sessions, this one too`}, and every link
            of yours that was not used.
          </p>
          <button type="submit">Sign out everywhere</button>
        </form>
      </Page>,
    );
  });
  app.post(`${path}/end`, async (c) => {
    await endOwnSessions(c.get("services").staff, c.get("session").guest);
    dropToken(c, kind);
    return c.redirect(`${placeOf[kind]}/sign-in`, 303);
  });
}

function Passkeys({ count, at }: { readonly count: number; readonly at: string }) {
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>
        {count === 0 ? "You have none. " : `You have ${count}. `}
        With a passkey this device signs you in by itself, without a link. It is good for this host alone.
      </p>
      <PasskeyButton path="/console/sessions/passkeys" text="Add a passkey of this device" at={at} />
    </section>
  );
}

function SessionTable({ sessions }: { readonly sessions: readonly OpenSession[] }) {
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Signed in</th>
            <th scope="col">By</th>
            <th scope="col">Until</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ openedBy, openedAt, expiresAt }) => (
            <tr>
              <td>
                <Moment at={new Date(openedAt).toISOString()} />
              </td>
              <td>{ways[openedBy]}</td>
              <td>
                <Moment at={new Date(expiresAt).toISOString()} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
