// Signing in to the console by a one-time link, and what nobody gets without a session.
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { askStaff, newPartner } from "../../support/api-journey.ts";
import { openD1 } from "../../../src/ledger/client.ts";

const origin = "http://127.0.0.1:8787";
let people = 0;

async function browse(path: string, init: RequestInit & { readonly cookie?: string } = {}): Promise<Response> {
  const { cookie, ...rest } = init;
  const headers = new Headers(rest.headers);
  headers.set("origin", origin);
  if (cookie !== undefined) headers.set("cookie", cookie);
  return exports.default.fetch(new Request(`${origin}${path}`, { ...rest, headers, redirect: "manual" }));
}

async function newLink(wanted: Record<string, unknown> = {}): Promise<{ link: string; person: string }> {
  people += 1;
  const person = `Person ${people}`;
  const { status, body } = await askStaff("/sign-in-links", { person, scopes: ["viewer"], ...wanted });
  expect(status).toBe(201);
  const { path } = z.object({ path: z.string() }).parse(body);
  return { link: path.slice(path.indexOf("#") + 1), person };
}

function sendLink(link: string, place = "/console"): Promise<Response> {
  return browse(`${place}/sign-in`, { method: "POST", body: new URLSearchParams({ link }) });
}

async function signIn(link: string, place = "/console"): Promise<string> {
  const answer = await sendLink(link, place);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

describe("a one-time link", () => {
  it("signs its person in, by a cookie that no script reads", async () => {
    const { link, person } = await newLink();
    const answer = await sendLink(link);
    expect(answer.headers.get("set-cookie")).toMatch(/^console=rss_.*HttpOnly; SameSite=Lax$/);
    const page = await browse("/console", { cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "" });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(person);
  });

  it("works once, also when it is sent ten times at once", async () => {
    const { link } = await newLink();
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await sendLink(link)).status));
    expect(statuses.filter((status) => status !== 401)).toEqual([303]);
    expect((await sendLink(link)).status).toBe(401);
  });

  it("is over after fifteen minutes", async () => {
    const { link } = await newLink();
    await openD1(env.DB).all("update sign_in_links set expires_at = ?1 where used_at is null returning hash", [
      Date.now() - 1,
    ]);
    expect((await sendLink(link)).status).toBe(401);
  });

  it("of a partner opens the portal and not the console, one of staff the console and not the portal", async () => {
    const { id } = await newPartner();
    const partnerLink = { scopes: undefined, partner: id };
    expect((await sendLink((await newLink(partnerLink)).link)).status).toBe(401);
    expect((await sendLink((await newLink()).link, "/portal")).status).toBe(401);
    const cookie = await signIn((await newLink(partnerLink)).link, "/portal");
    expect((await browse("/console", { cookie: cookie.replace("portal=", "console=") })).status).toBe(303);
  });

  it("is refused for a partner that there is not, and to who is no administrator", async () => {
    const unknown = await askStaff("/sign-in-links", { person: "Nobody", partner: "ptn_zzzzz" });
    expect(unknown.status).toBe(404);
    const cookie = await signIn((await newLink({ scopes: ["finance"] })).link);
    const token = decodeURIComponent(cookie).slice("console=".length).split(".")[0] ?? "";
    const answer = await exports.default.fetch(
      new Request(`${origin}/admin/v1/sign-in-links`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ person: "Friend", scopes: ["admin"] }),
      }),
    );
    expect(answer.status).toBe(403);
  });
});

describe("a session", () => {
  it("ends when its person signs out, and everywhere when an administrator says so", async () => {
    const first = await newLink();
    const cookie = await signIn(first.link);
    expect((await browse("/console", { cookie })).status).toBe(200);
    const out = await browse("/console/sign-out", { method: "POST", cookie });
    expect(out.status).toBe(303);
    expect((await browse("/console", { cookie })).status).toBe(303);

    const { link, person } = await newLink();
    const other = await signIn(link);
    expect((await askStaff("/sign-outs", { person })).status).toBe(204);
    expect((await browse("/console", { cookie: other })).status).toBe(303);
  });

  it("is one in the list of its person, who ends all of them, and nobody's of the same name elsewhere", async () => {
    const { id } = await newPartner();
    const first = await newLink();
    const cookies = [await signIn(first.link), await signIn((await newLink({ person: first.person })).link)];
    const waiting = (await newLink({ person: first.person })).link;
    const namesake = { person: first.person, scopes: undefined, partner: id };
    const portal = await signIn((await newLink(namesake)).link, "/portal");
    const page = await (await browse("/console/sessions", { cookie: cookies[0] ?? "" })).text();
    expect([page.match(/<td>one-time link<\/td>/g)?.length, page]).toEqual([
      2,
      expect.stringContaining("all 2 sessions"),
    ]);
    const ended = await browse("/console/sessions/end", { method: "POST", body: "", cookie: cookies[0] ?? "" });
    expect([ended.status, ended.headers.get("location")]).toEqual([303, "/console/sign-in"]);
    for (const cookie of cookies) expect((await browse("/console", { cookie })).status).toBe(303);
    expect((await sendLink(waiting)).status).toBe(401);
    expect((await browse("/portal/sessions", { cookie: portal })).status).toBe(200);
  });

  it("is not believed when its cookie was changed, or signed by somebody else", async () => {
    const cookie = await signIn((await newLink()).link);
    for (const forged of [cookie.replace("rss_", "rss_X"), cookie.slice(0, -4), cookie.split(".")[0] ?? ""])
      expect((await browse("/console", { cookie: forged })).status).toBe(303);
  });

  it("writes nothing for a page of another site", async () => {
    const cookie = await signIn((await newLink()).link);
    const answer = await exports.default.fetch(
      new Request(`${origin}/console/sign-out`, {
        method: "POST",
        headers: { cookie, origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" },
        body: "",
      }),
    );
    expect(answer.status).toBe(403);
    expect((await browse("/console", { cookie })).status).toBe(200);
  });
});

describe("without a session", () => {
  it.each(["/console", "/console/", "/console/cases", "/console/anything/else", "/portal", "/portal/keys"])(
    "%s leads to signing in, and says nothing else",
    async (path) => {
      const answer = await browse(path);
      expect([answer.status, await answer.text()]).toEqual([303, ""]);
      expect(answer.headers.get("location")).toBe(path.startsWith("/console") ? "/console/sign-in" : "/portal/sign-in");
      expect((await browse(path, { method: "POST", body: "" })).status).toBe(401);
      const live = await browse(path, { headers: { "HX-Request": "true" } });
      expect([live.status, live.headers.get("HX-Redirect")]).toEqual([401, answer.headers.get("location")]);
    },
  );

  it("every page forbids frames, other hosts and caches", async () => {
    const answer = await browse("/console/sign-in");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});
