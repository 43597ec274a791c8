// The cookie of a session, and who is let past it.
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { keyedHash } from "../base/signature.ts";
import { endSession, findSession, type Guest, type Session } from "../partners/sessions.ts";
import type { ConsoleEnv } from "./console-env.ts";

const cookieOf = { staff: "console", partner: "portal" } as const satisfies Record<Guest["kind"], string>;
const placeOf = { staff: "/console", partner: "/portal" } as const satisfies Record<Guest["kind"], string>;

/** Lets in who has a session of this kind; everybody else is sent to sign in, and learns nothing of the path. */
export function requireSession(kind: Guest["kind"]): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const token = await readToken(c, kind);
    const session = token === null ? null : await findSession(c.get("services").staff, token);
    if (token === null || session?.guest.kind !== kind) return sendToSignIn(c, kind);
    if (kind === "staff" && !(await isStillNamed(c, session))) {
      await endSession(c.get("services").staff, token);
      return sendToSignIn(c, kind);
    }
    c.set("token", token);
    c.set("session", session);
    await next();
    return undefined;
  };
}

/** Access and the settings have the last word, on every request: who was let go, or has other roles now, begins anew. */
async function isStillNamed(c: Context<ConsoleEnv>, { guest, openedBy }: Session): Promise<boolean> {
  const { findByAccess } = c.get("services");
  if (findByAccess === null) return openedBy !== "access";
  if (openedBy !== "access") return false;
  return JSON.stringify(await findByAccess(c.req.raw.headers)) === JSON.stringify(guest);
}

export async function keepToken(c: Context<ConsoleEnv>, kind: Guest["kind"], token: string): Promise<void> {
  await setSignedCookie(c, cookieOf[kind], token, secretOf(c), {
    ...flagsOf(c, kind),
    httpOnly: true,
    sameSite: "Lax",
  });
}

export function dropToken(c: Context<ConsoleEnv>, kind: Guest["kind"]): void {
  deleteCookie(c, cookieOf[kind], flagsOf(c, kind));
}

/** Over https no other host of the domain can set this cookie: that is what `__Host-` says, and it wants the whole path. */
function flagsOf(c: Context<ConsoleEnv>, kind: Guest["kind"]) {
  return isSecure(c)
    ? ({ prefix: "host", path: "/", secure: true } as const)
    : ({ path: placeOf[kind], secure: false } as const);
}

function isSecure(c: Context<ConsoleEnv>): boolean {
  return new URL(c.req.url).protocol === "https:";
}

async function readToken(c: Context<ConsoleEnv>, kind: Guest["kind"]): Promise<string | null> {
  const read = await getSignedCookie(c, secretOf(c), cookieOf[kind], isSecure(c) ? "host" : undefined);
  return typeof read === "string" ? read : null;
}

/** Signs cookies and nothing else. */
function secretOf(c: Context<ConsoleEnv>): string {
  return keyedHash(c.get("services").staff.hashSecret, JSON.stringify(["cookie"]));
}

function sendToSignIn(c: Context<ConsoleEnv>, kind: Guest["kind"]): Response {
  const path = `${placeOf[kind]}/sign-in`;
  if (c.req.header("HX-Request") === "true") {
    c.header("HX-Redirect", path);
    return c.body(null, 401);
  }
  return c.req.method === "GET" ? c.redirect(path, 303) : c.text("Sign in first.", 401);
}

/** Links and passkeys cannot be guessed; this keeps who tries from asking the database for each. Where no address is known, none is counted. */
const triesPerMinute = 20;

export function isTooOften(c: Context<ConsoleEnv>): boolean {
  const { clock, limiter } = c.get("services");
  const address = c.req.header("CF-Connecting-IP");
  if (address === undefined) return false;
  return !limiter.take(`sign-in ${address.slice(0, 64)}`, triesPerMinute, clock.now()).isAllowed;
}
