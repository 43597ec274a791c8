// What nobody gets without a session, from another site's page, in a frame, or by a cookie of somebody else.
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { app } from "../../../src/app.ts";
import { newPartner } from "../../support/api-journey.ts";
import { allRoutes, browse, newLink, origin, pathOf, sendLink, signIn } from "../../support/console-journey.ts";

/** What a person without a session may ask: the way in, and files that hold nothing. */
const open = [/^\/console\/static\//, /^\/(console|portal)\/sign-in(\/|$)/];
const pages = allRoutes().filter(
  ({ path }) => /^\/(console|portal)\b/.test(path) && !open.some((one) => one.test(path)),
);
const placeOf = (path: string) => (path.startsWith("/portal") ? "/portal" : "/console");
const methodsOf = (method: string) => (method === "ALL" ? ["GET", "POST", "PUT", "PATCH", "DELETE"] : [method]);
const asked = pages.flatMap((route) =>
  methodsOf(route.method).map((method) => ({ method, path: pathOf(route), place: placeOf(route.path) })),
);

/** Surfaces that are asked by other credentials, each with tests of its own; a new one is named here and in `docs/security.md`. */
const surfaces = [
  /^\/\*$/,
  /^\/v1\//,
  /^\/admin\/v1\//,
  /^\/(healthz|openapi\.json|docs|docs\/\*|docs\/standalone\.js)$/,
  /^\/hooks\/:provider$/,
  /^\/API\/(API|NewAPI)Service\.aspx$/,
  /^\/api\/AOP\/V2\/MobileRecharge$/,
  /^\/api\/mobile-recharge\.php$/,
  /^\/bots\//,
  /^\/metrics$/,
  /^\/(console|portal)\b/,
];

describe("without a session", () => {
  it("every path of console and portal leads to signing in, and says nothing else", async () => {
    expect(asked.length).toBeGreaterThan(5);
    for (const { method, path, place } of asked) {
      const answer = await browse(path, { method });
      const said = [method, path, answer.status, answer.headers.get("location"), await answer.text()];
      const isLed = method === "GET";
      const where = isLed ? `${place}/sign-in` : null;
      expect(said).toEqual([method, path, isLed ? 303 : 401, where, isLed ? "" : "Sign in first."]);
      expect([path, answer.headers.get("set-cookie")]).toEqual([path, null]);
    }
  });

  it("a session of the portal opens no path of the console, and the other way round", async () => {
    const { id } = await newPartner();
    const portal = (await signIn({ partner: id })).replace("portal=", "console=");
    const staff = (await signIn({ scopes: ["admin"] })).replace("console=", "portal=");
    for (const { method, path, place } of asked) {
      const { status } = await browse(path, { method, cookie: place === "/console" ? portal : staff });
      expect([method, path, status]).toEqual([method, path, method === "GET" ? 303 : 401]);
    }
  });

  it("every path of the Worker belongs to a surface that is known", () => {
    expect(allRoutes().filter(({ path }) => !surfaces.some((surface) => surface.test(path)))).toEqual([]);
  });

  it("a file beside those of the pages is not served", async () => {
    for (const path of ["/scalar/standalone.js", "/console/console.js", "/console/static/../console.js", "/.env"])
      expect([path, (await browse(path)).status]).not.toEqual([path, 200]);
  });
});

describe("a form of another site", () => {
  it("writes nothing, on whatever path, with the cookie of an administrator", async () => {
    const cookie = await signIn({ scopes: ["admin", "operator", "finance"] });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const writes = [...asked, { method: "POST", path: "/console/sign-in" }].filter(({ method }) => method !== "GET");
    for (const { method, path } of writes)
      for (const from of ["https://elsewhere.example", "null", null]) {
        const answer = await browse(path, { method, cookie, headers, body: "a=1", from });
        expect([method, path, from, answer.status]).toEqual([method, path, from, 403]);
      }
    expect((await browse("/console", { cookie })).status).toBe(200);
  });
});

describe("every answer of console and portal", () => {
  it("is in no frame, loads nothing from elsewhere, is kept by no cache, and says where it was to nobody", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const tries = [...asked.map(({ path }) => path), "/console/sign-in", "/portal/sign-in", "/console/no/such/page"];
    for (const path of new Set(tries)) {
      const { headers } = await browse(path, { cookie });
      expect([path, headers.get("cache-control")]).toEqual([path, "no-store"]);
      const policy = headers.get("content-security-policy") ?? "";
      for (const rule of ["default-src 'none'", "script-src 'self';", "form-action 'self'", "frame-ancestors 'none'"])
        expect([path, policy]).toEqual([path, expect.stringContaining(rule)]);
      expect([path, policy]).not.toEqual([path, expect.stringMatching(/unsafe|https?:|\*/)]);
      expect([path, headers.get("x-frame-options"), headers.get("referrer-policy")]).toEqual([
        path,
        "DENY",
        "no-referrer",
      ]);
      expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    }
  });
});

describe("the cookie of a session", () => {
  const secure = "https://gateway.example";

  it("goes over https only, to this host only, and is read by no script, where the gateway is under https", async () => {
    const link = await newLink({ scopes: ["viewer"] });
    const answer = await sendLink(link, "/console", { at: secure, from: secure });
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Host-console=rss_/);
    for (const flag of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) expect(cookie.split("; ")).toContain(flag);
    expect(cookie).not.toMatch(/domain=/i);
    const page = await browse("/console", { at: secure, cookie: cookie.split(";")[0] ?? "" });
    expect([page.status, page.headers.get("strict-transport-security")]).toEqual([200, "max-age=31536000"]);
    const plain = (cookie.split(";")[0] ?? "").replace("__Host-", "");
    expect((await browse("/console", { at: secure, cookie: plain })).status).toBe(303);
  });

  it("is a new one with each sign-in: one that was there before is never taken over", async () => {
    const planted = await signIn({ scopes: ["viewer"] });
    const answer = await sendLink(await newLink({ scopes: ["admin"] }), "/console", { cookie: planted });
    const own = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect([answer.status, own === planted]).toEqual([303, false]);
    expect(await (await browse("/console", { cookie: planted })).text()).not.toContain("admin");
    const made = `console=rss_${"0".repeat(32)}`;
    const { headers } = await sendLink(await newLink({ scopes: ["viewer"] }), "/console", { cookie: made });
    expect(headers.get("set-cookie")).not.toContain("0".repeat(32));
  });

  it("ends on both sides by signing out", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const out = await browse("/console/sign-out", { method: "POST", cookie });
    expect(out.headers.get("set-cookie")).toMatch(/^console=; Max-Age=0/);
    expect((await browse("/console", { cookie })).status).toBe(303);
  });
});

describe("trying to sign in again and again", () => {
  it("is refused by address before a link is looked for, and a good link waits for its minute", async () => {
    const headers = { "CF-Connecting-IP": "198.51.100.77" };
    const good = await newLink({ scopes: ["viewer"] });
    const statuses: number[] = [];
    for (let count = 0; count < 25; count += 1)
      statuses.push((await sendLink(`rl_${"0".repeat(32)}`, "/console", { headers })).status);
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(21).every((status) => status === 429)).toBe(true);
    expect((await sendLink(good, "/console", { headers })).status).toBe(429);
    expect((await sendLink(good)).status).toBe(303);
  });
});

describe("a page", () => {
  it("takes no more than a form of the way in needs", async () => {
    const body = new URLSearchParams({ link: "x".repeat(70_000) });
    expect((await browse("/console/sign-in", { method: "POST", body })).status).toBe(413);
    const form = new FormData();
    form.set("file", new File(["x".repeat(100_000)], "x"));
    expect((await browse("/portal/sign-in", { method: "POST", body: form })).status).toBe(413);
  });

  it("that breaks says a reference and nothing of what happened, and logs it once", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const broken = { ...env, DB: null };
    const headers = { cookie, origin };
    const answer = await app.request(`${origin}/console`, { headers }, broken);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toMatch(/<code>[0-9a-f-]{36}<\/code>/);
    expect(text).not.toMatch(/TypeError|null|prepare/);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("that is asked for another path by its own address finds nothing there", async () => {
    const cookie = await signIn({ scopes: ["admin"] });
    const climbing = ["..%2F..%2Faudit", "%2e%2e%2faudit", "..%5caudit", "%2E%2E"];
    for (const { path } of pages.filter((route) => route.path.includes(":") && route.method === "GET"))
      for (const climb of climbing) {
        const answer = await browse(path.replaceAll(/:\w+(\{[^}]*\})?/g, climb), { cookie });
        // The audit has this line; a page that only says that it found nothing has not.
        expect([path, climb, (await answer.text()).includes("issue_sign_in_link")]).toEqual([path, climb, false]);
      }
    const direct = await exports.default.fetch(new Request(`${origin}/console/%2e%2e/admin/v1/audit`));
    expect(direct.status).toBe(401);
  });
});
