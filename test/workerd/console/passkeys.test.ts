// Passkeys of staff: added in a session, good once per challenge, for this host, with the roles that are kept.
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openD1 } from "../../../src/ledger/client.ts";
import { askStaff, newPartner } from "../../support/api-journey.ts";
import { type Attestation, type Authenticator, newAuthenticator } from "../../support/authenticator.ts";
import { browse, type Browsing, origin as local, signIn } from "../../support/console-journey.ts";

const origin = "http://localhost:8787";
const scopes = ["viewer", "operator"];

function post(path: string, body: unknown, more: Browsing = {}): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return browse(path, { method: "POST", headers, body: JSON.stringify(body), at: origin, from: origin, ...more });
}

async function challengeOf(path: string, more: Browsing = {}): Promise<string> {
  return z.looseObject({ challenge: z.string() }).parse(await (await post(path, {}, more)).json()).challenge;
}

async function register(cookie: string, authenticator: Authenticator, attestation?: Attestation): Promise<Response> {
  const challenge = await challengeOf("/console/sessions/passkey-options", { cookie });
  const made = await authenticator.register({ challenge, origin }, attestation);
  return post("/console/sessions/passkeys", made, { cookie });
}

const askChallenge = () => challengeOf("/console/sign-in/passkey-options");
const enter = (answer: unknown) => post("/console/sign-in/passkey", answer);
const cookieOf = (answer: Response) => (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

/** Somebody new of staff who has a passkey. */
async function newHolder(): Promise<{ person: string; authenticator: Authenticator; cookie: string }> {
  const person = `Person ${crypto.randomUUID()}`;
  const [authenticator, cookie] = [await newAuthenticator(), await signIn({ person, scopes })];
  expect((await register(cookie, authenticator)).status).toBe(200);
  return { person, authenticator, cookie };
}

async function enterAs(authenticator: Authenticator, counter: number): Promise<Response> {
  return enter(await authenticator.answer({ challenge: await askChallenge(), origin }, counter));
}

describe("a passkey", () => {
  it("that was added in a session signs its person in, with the roles of that session", async () => {
    const { person, authenticator, cookie } = await newHolder();
    expect(await (await browse("/console/sessions", { cookie })).text()).toContain("You have 1.");
    const answer = await enterAs(authenticator, 1);
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([
      200,
      expect.stringMatching(/^console=rss_.*HttpOnly/),
    ]);
    const page = await (await browse("/console/sessions", { cookie: cookieOf(answer) })).text();
    expect(page).toContain(person);
    expect(page).toContain("<small>viewer, operator</small>");
    expect(page).toContain("<td>passkey</td>");
  });

  it("is taken once for one challenge, and for none that was not asked, is over, or was meant for adding one", async () => {
    const { authenticator, cookie } = await newHolder();
    const good = await authenticator.answer({ challenge: await askChallenge(), origin }, 1);
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await enter(good)).status));
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 401, 401, 401, 401]);
    const made = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
    expect((await enter(await authenticator.answer({ challenge: made, origin }, 2))).status).toBe(401);
    const late = await authenticator.answer({ challenge: await askChallenge(), origin }, 4);
    await openD1(env.DB).all("update passkey_challenges set expires_at = ?1 returning hash", [Date.now() - 1]);
    expect((await enter(late)).status).toBe(401);
    const adding = await challengeOf("/console/sessions/passkey-options", { cookie });
    expect((await enter(await authenticator.answer({ challenge: adding, origin }, 3))).status).toBe(401);
  });

  it("is nothing at another host, from an unknown device, with a counter that goes back, or in another form", async () => {
    const { authenticator } = await newHolder();
    expect((await enterAs(authenticator, 7)).status).toBe(200);
    expect((await enterAs(authenticator, 7)).status).toBe(401);
    const elsewhere = { challenge: await askChallenge(), origin: "https://console.example" };
    expect((await enter(await authenticator.answer(elsewhere, 8))).status).toBe(401);
    expect((await enterAs(await newAuthenticator(), 1)).status).toBe(401);
    for (const body of [null, {}, { id: 1 }, { id: authenticator.id }]) expect((await enter(body)).status).toBe(401);
    expect((await enterAs(authenticator, 9)).status).toBe(200);
  });

  it("is not added from a session that may less than the person, nor without one, nor by a partner's person", async () => {
    const { person } = await newHolder();
    const lesser = await signIn({ person, scopes: ["viewer"] });
    expect((await register(lesser, await newAuthenticator())).status).toBe(401);
    expect((await post("/console/sessions/passkeys", {})).status).toBe(401);
    const { id } = await newPartner();
    const portal = (await signIn({ person, partner: id })).replace("portal=", "console=");
    expect((await post("/console/sessions/passkey-options", {}, { cookie: portal })).status).toBe(401);
    expect(local).not.toBe(origin);
  });
});

describe("a new passkey", () => {
  it("is added where its own key vouches for it, and not where a maker does, whose certificate was not asked for", async () => {
    const cookie = await signIn({ person: `Person ${crypto.randomUUID()}`, scopes });
    const self = await newAuthenticator();
    expect((await register(cookie, self, "self")).status).toBe(200);
    expect((await enterAs(self, 1)).status).toBe(200);
    for (const attestation of ["packed", "fido-u2f"] as const) {
      const certified = await newAuthenticator();
      expect((await register(cookie, certified, attestation)).status).toBe(401);
      expect((await enterAs(certified, 1)).status).toBe(401);
    }
  });
});

describe("roles that are kept", () => {
  it("change at once, also for open sessions, and are nobody's any more when they are none", async () => {
    const { person, authenticator, cookie } = await newHolder();
    const set = (to: readonly string[]) => askStaff("/people", { person, scopes: to }, "PUT");
    expect((await set(["viewer"])).status).toBe(204);
    expect(await (await browse("/console/sessions", { cookie })).text()).not.toContain("operator");
    expect((await askStaff("/people")).body).toMatchObject({
      people: expect.arrayContaining([{ person, scopes: ["viewer"], passkeys: 1 }]),
    });
    expect((await set([])).status).toBe(204);
    expect((await browse("/console/sessions", { cookie })).status).toBe(303);
    expect((await enterAs(authenticator, 1)).status).toBe(401);
    await set(["finance"]);
    expect((await enterAs(authenticator, 2)).status).toBe(200);
  });
});

describe("a lost device", () => {
  it("has neither a passkey nor a session any more, and nobody else loses theirs", async () => {
    const { person, authenticator, cookie } = await newHolder();
    const [entered, other] = [cookieOf(await enterAs(authenticator, 1)), await newHolder()];
    expect((await askStaff("/passkey-removals", { person })).status).toBe(204);
    expect((await enterAs(authenticator, 2)).status).toBe(401);
    const looks = [cookie, entered, other.cookie].map((one) => browse("/console/sessions", { cookie: one }));
    expect((await Promise.all(looks)).map(({ status }) => status)).toEqual([303, 303, 200]);
  });
});
