// Passkeys in the browser: what the page's script asks, as JSON, with and without a session.
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { addPasskey, askForPasskey, askToSignIn, findByPasskey, type Place } from "../partners/passkeys.ts";
import { openSession } from "../partners/sessions.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { isTooOften, keepToken } from "./session.ts";

const text = z.string().max(10_000);
const common = { id: text, rawId: text, type: z.literal("public-key"), clientExtensionResults: z.object({}) };
const registrationSchema = z.object({
  ...common,
  response: z.object({ clientDataJSON: text, attestationObject: text }),
}) satisfies z.ZodType<RegistrationResponseJSON>;
const authenticationSchema = z.object({
  ...common,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
}) satisfies z.ZodType<AuthenticationResponseJSON>;

/** Before a session: whoever has a passkey of this host. Not where Cloudflare Access is the only way in. */
export function addPasskeySignIn(app: Hono<ConsoleEnv>): void {
  app.post("/console/sign-in/passkey-options", async (c) => {
    if (isClosed(c)) return refuse(c);
    return c.json(await askToSignIn(c.get("services").staff, placeOf(c)));
  });
  app.post("/console/sign-in/passkey", async (c) => {
    const sent = authenticationSchema.safeParse(await readJson(c));
    if (!sent.success || isClosed(c)) return refuse(c);
    const { staff } = c.get("services");
    const found = await findByPasskey(staff, sent.data, placeOf(c));
    if (!found.ok) return refuse(c, found.problem.detail);
    await keepToken(c, "staff", await openSession(staff, found.value, "passkey"));
    return c.json({ detail: "Signed in." });
  });
}

/** In a session of staff: a passkey of one's own. */
export function addPasskeyRegistration(app: Hono<ConsoleEnv>): void {
  app.post("/console/sessions/passkey-options", async (c) => {
    const { guest } = c.get("session");
    if (guest.kind !== "staff") return refuse(c);
    return c.json(await askForPasskey(c.get("services").staff, guest, placeOf(c)));
  });
  app.post("/console/sessions/passkeys", async (c) => {
    const { guest } = c.get("session");
    const sent = registrationSchema.safeParse(await readJson(c));
    if (!sent.success || guest.kind !== "staff") return refuse(c);
    const added = await addPasskey(c.get("services").staff, guest, sent.data, placeOf(c));
    return added.ok ? c.json({ detail: "Added." }) : refuse(c, added.problem.detail);
  });
}

function isClosed(c: Context<ConsoleEnv>): boolean {
  return c.get("services").findByAccess !== null || isTooOften(c);
}

function refuse(c: Context<ConsoleEnv>, detail = "This passkey cannot be taken now.") {
  return c.json({ detail }, 401);
}

function placeOf(c: Context<ConsoleEnv>): Place {
  const { origin, hostname } = new URL(c.req.url);
  return { origin, host: hostname };
}

async function readJson(c: Context<ConsoleEnv>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return null;
  }
}
