// Signing in by a one-time link or by Cloudflare Access, and signing out. The link's token stands behind the `#`, so it is in no log.
import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { endSession, type Guest, openSession, openSessionByLink } from "../partners/sessions.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Document } from "./page.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { dropToken, isTooOften, keepToken, requireSession } from "./session.ts";

const placeOf = { staff: "/console", partner: "/portal" } as const satisfies Record<Guest["kind"], string>;

/** `/console/sign-in` or `/portal/sign-in`, and the way out. */
export function addSignIn(app: Hono<ConsoleEnv>, kind: Guest["kind"]): void {
  const place = placeOf[kind];
  app.get(`${place}/sign-in`, (c) => c.html(<SignInPage kind={kind} way={wayOf(c, kind)} at={c.req.url} />));
  app.post(`${place}/sign-in`, (c) => (wayOf(c, kind) === "access" ? signInByAccess(c) : signIn(c, kind)));
  app.post(`${place}/sign-out`, requireSession(kind), async (c) => {
    await endSession(c.get("services").staff, c.get("token"));
    dropToken(c, kind);
    return c.redirect(`${place}/sign-in`, 303);
  });
}

type Way = "link" | "access";

/** Where Access stands before the console it is the only way in for staff. */
function wayOf(c: Context<ConsoleEnv>, kind: Guest["kind"]): Way {
  return kind === "staff" && c.get("services").findByAccess !== null ? "access" : "link";
}

async function signInByAccess(c: Context<ConsoleEnv>): Promise<Response> {
  const { findByAccess, staff } = c.get("services");
  const guest = (await findByAccess?.(c.req.raw.headers)) ?? null;
  if (guest === null) {
    const refused = "Cloudflare Access names nobody here who may come in. An administrator sets who may, and as what.";
    return c.html(<SignInPage kind="staff" way="access" at={c.req.url} refused={refused} />, 401);
  }
  await keepToken(c, "staff", await openSession(staff, guest, "access"));
  return c.redirect(placeOf.staff, 303);
}

async function signIn(c: Context<ConsoleEnv>, kind: Guest["kind"]): Promise<Response> {
  if (isTooOften(c))
    return c.html(
      <SignInPage kind={kind} way="link" at={c.req.url} refused="Too many tries from your address. Wait a minute." />,
      429,
    );
  const { link } = await c.req.parseBody();
  const token = typeof link === "string" ? tokenOf(link) : "";
  const opened = await openSessionByLink(c.get("services").staff, token);
  if (!opened.ok || opened.value.session.guest.kind !== kind) {
    const detail = opened.ok ? "This link is for another place." : opened.problem.detail;
    return c.html(<SignInPage kind={kind} way="link" at={c.req.url} refused={detail} />, 401);
  }
  await keepToken(c, kind, opened.value.token);
  return c.redirect(placeOf[kind], 303);
}

/** People paste the whole link as often as its end. */
function tokenOf(pasted: string): string {
  return pasted.trim().replace(/^.*#/, "");
}

interface SignInProps {
  readonly kind: Guest["kind"];
  readonly way: Way;
  /** Address of the page. */
  readonly at: string;
  readonly refused?: string;
}

function SignInPage({ kind, way, at, refused }: SignInProps) {
  const name = kind === "staff" ? "console" : "portal";
  return (
    <Document title={`Sign in to the ${name}`} takesPasskeys={kind === "staff" && way === "link"}>
      <main id="main" class="sign-in">
        <h1>Sign in to the {name}</h1>
        <Refusal text={refused} />
        {way === "access" ? <AccessForm /> : <LinkForm kind={kind} at={at} />}
      </main>
    </Document>
  );
}

function AccessForm() {
  return (
    <form method="post" action="/console/sign-in">
      <p>You are known here by Cloudflare Access.</p>
      <button type="submit">Sign in</button>
    </form>
  );
}

function LinkForm({ kind, at }: Pick<SignInProps, "kind" | "at">) {
  return (
    <>
      <form method="post" action={`${placeOf[kind]}/sign-in`} data-link-form>
        <label for="link">One-time link</label>
        <input id="link" name="link" type="text" required autocomplete="off" spellcheck={false} />
        <small>It is filled in when you open your link, and works once.</small>
        <button type="submit">Sign in</button>
      </form>
      {kind === "staff" ? (
        <PasskeyButton path="/console/sign-in/passkey" text="Sign in with a passkey" at={at} />
      ) : null}
      <Hint kind={kind} />
    </>
  );
}

function Refusal({ text }: { readonly text: string | undefined }): Child {
  return text === undefined ? null : (
    <p class="refused" role="alert">
      {text}
    </p>
  );
}

function Hint({ kind }: { readonly kind: Guest["kind"] }) {
  return kind === "staff" ? (
    <p class="muted">
      An administrator issues links: in Settings, or with <code>recharge staff link</code>.
    </p>
  ) : (
    <p class="muted">Ask whoever runs the gateway for a link.</p>
  );
}
