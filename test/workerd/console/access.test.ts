// The console behind Cloudflare Access: only who Access has signed for, and only with the roles of the settings.
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readSettings } from "../../../src/config.ts";
import { newPartner } from "../../support/api-journey.ts";
import { browse, newLink, sendLink, signIn } from "../../support/console-journey.ts";

const audience = "a".repeat(64);
const roles = { "asha@shop.example": ["viewer", "finance"], "Omar@Shop.Example": ["viewer"] };
const settings = { ACCESS_TEAM: "our-shop", ACCESS_AUDIENCE: audience, ACCESS_ROLES: JSON.stringify(roles) };
const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
};

let ours: CryptoKeyPair;
let others: CryptoKeyPair;

/** The platform's type leaves open whether a key or a pair comes; for RSA it is a pair. */
async function newPair(): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  if (!("privateKey" in made)) throw new Error("no pair");
  return made;
}

beforeAll(async () => {
  [ours, others] = await Promise.all([newPair(), newPair()]);
});

/** The team's keys, at the one address where they are asked for. */
beforeEach(async () => {
  const key = await crypto.subtle.exportKey("jwk", ours.publicKey);
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { href } = new URL(new Request(input).url);
    if (href !== "https://our-shop.cloudflareaccess.com/cdn-cgi/access/certs") throw new Error(`asked ${href}`);
    return Response.json({ keys: [Object.assign({}, key, { kid: "k1", use: "sig" })] });
  });
});

const inBase64 = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const textInBase64 = (value: unknown) => inBase64(new TextEncoder().encode(JSON.stringify(value)));

async function tokenFor(
  email: string | undefined,
  more: Readonly<Record<string, unknown>> = {},
  pair = ours,
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const payload = {
    iss: "https://our-shop.cloudflareaccess.com",
    aud: [audience],
    exp: now + 600,
    iat: now,
    email,
    ...more,
  };
  const signed = `${textInBase64({ alg: "RS256", kid: "k1", typ: "JWT" })}.${textInBase64(payload)}`;
  const signature = await crypto.subtle.sign(algorithm.name, pair.privateKey, new TextEncoder().encode(signed));
  return `${signed}.${inBase64(new Uint8Array(signature))}`;
}

const by = (token: string) => ({ "Cf-Access-Jwt-Assertion": token });
const enter = (token: string) => browse("/console/sign-in", { method: "POST", headers: by(token), settings });
const cookieOf = (answer: Response) => (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

describe("behind Cloudflare Access", () => {
  it("a person signs in as whom Access names, with the roles of the settings, whatever the case of the address", async () => {
    const answer = await enter(await tokenFor("Asha@shop.example"));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/console"]);
    const headers = by(await tokenFor("asha@shop.example"));
    const page = await browse("/console", { cookie: cookieOf(answer), headers, settings });
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringMatching(/asha@shop\.example[^]*viewer, finance/),
    ]);
    expect((await enter(await tokenFor("omar@shop.example"))).status).toBe(303);
  });

  it("nobody else does: other key, audience, team, time, somebody without a role, a service without an address, no token", async () => {
    const hour = Math.floor(Date.now() / 1_000) - 3_600;
    const asha = "asha@shop.example";
    const tokens = [
      await tokenFor(asha, {}, others),
      await tokenFor(asha, { aud: ["b".repeat(64)] }),
      await tokenFor(asha, { aud: [] }),
      await tokenFor(asha, { iss: "https://their-shop.cloudflareaccess.com" }),
      await tokenFor(asha, { exp: hour }),
      await tokenFor("eve@shop.example"),
      await tokenFor(undefined),
      `${textInBase64({ alg: "none" })}.${textInBase64({ email: asha, aud: [audience] })}.`,
      "",
    ];
    for (const [at, token] of tokens.entries()) {
      const { status, headers } = await enter(token);
      expect([at, status, headers.get("set-cookie")]).toEqual([at, 401, null]);
    }
  });
});

describe("a session behind Cloudflare Access", () => {
  it("ends with the word of Access: without it, for another person, or with other roles", async () => {
    const asha = by(await tokenFor("asha@shop.example"));
    const lesser = { ...settings, ACCESS_ROLES: '{"asha@shop.example":["viewer"]}' };
    const changes = [
      { settings },
      { settings, headers: by(await tokenFor("omar@shop.example")) },
      { settings: lesser, headers: asha },
      { headers: asha },
    ];
    for (const [at, change] of changes.entries()) {
      const cookie = cookieOf(await enter(await tokenFor("asha@shop.example")));
      expect((await browse("/console", { cookie, headers: asha, settings })).status).toBe(200);
      expect([at, (await browse("/console", { cookie, ...change })).status]).toEqual([at, 303]);
      expect([at, (await browse("/console", { cookie, headers: asha, settings })).status]).toEqual([at, 303]);
    }
  });

  it("a link opens the portal and no longer the console, nor does a session that one opened before", async () => {
    const before = await signIn({ scopes: ["admin"] });
    expect((await browse("/console", { cookie: before, settings })).status).toBe(303);
    expect((await sendLink(await newLink({ scopes: ["admin"] }), "/console", { settings })).status).toBe(401);
    const { id } = await newPartner();
    expect((await sendLink(await newLink({ partner: id }), "/portal", { settings })).status).toBe(303);
  });
});

it.each([
  ["ACCESS_AUDIENCE", { ACCESS_AUDIENCE: "" }],
  ["ACCESS_AUDIENCE", { ACCESS_AUDIENCE: undefined }],
  ["ACCESS_TEAM", { ACCESS_TEAM: "" }],
  ["ACCESS_TEAM", { ACCESS_TEAM: undefined }],
  ["ACCESS_ROLES", { ACCESS_ROLES: undefined }],
  ["ACCESS_ROLES", { ACCESS_ROLES: '{"asha@shop.example":["owner"]}' }],
  ["ACCESS_ROLES", { ACCESS_ROLES: '{"asha":["admin"]}' }],
])("a start without a good %s is refused where Access is set: %j", (name, change) => {
  const local = { INSTALLATION: "local", INSTALLATION_CODE: "LC", HASH_SECRET: "x".repeat(32) };
  expect(readSettings({ ...local, ...settings })).toMatchObject({ ACCESS_AUDIENCE: audience });
  expect(() => readSettings({ ...local, ...settings, ...change })).toThrow(`wrong settings: ${name}`);
});
