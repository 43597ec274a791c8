// The portal: a partner sees what is its own, and nothing of anybody else.
import { beforeAll, describe, expect, it } from "vitest";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../../support/api-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { useSimulator } from "../../support/sandbox.ts";

let mine: TestPartner;
let other: TestPartner;
let cookie: string;
let otherCookie: string;
const ids = { mine: "", other: "" };
beforeAll(async () => {
  useSimulator();
  mine = await newPartner({ balance: "234567.50" });
  other = await newPartner({ scopes: ["recharges:write", "account:read", "webhooks:write"] });
  ids.mine = rechargeIn(await ask(mine.key, "/v1/recharges", { body: orderBody() })).id;
  ids.other = rechargeIn(await ask(other.key, "/v1/recharges", { body: orderBody() })).id;
  cookie = await signIn({ partner: mine.id, person: "Mina" });
  otherCookie = await signIn({ partner: other.id, person: "Omar" });
});

async function look(path: string, as = cookie): Promise<string> {
  const answer = await browse(path, { cookie: as });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

async function send(path: string, form: Readonly<Record<string, string>>, as = cookie) {
  const answer = await browse(path, { method: "POST", cookie: as, body: new URLSearchParams(form) });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}

function tokenIn(session: string): string {
  return /rss_[0-9A-Z]{32}/.exec(decodeURIComponent(session))?.[0] ?? "";
}

const pages = [
  "/portal",
  "/portal/recharges",
  "/portal/statement",
  "/portal/keys",
  "/portal/webhooks",
  "/portal/disputes",
];

describe("a partner in its portal", () => {
  it("sees its balance, recharges, statement and keys", async () => {
    expect(await look("/portal")).toContain("₹2,34,547.70");
    await expect.poll(() => look("/portal/recharges"), { timeout: 5_000 }).toContain(ids.mine);
    expect(await look("/portal/recharges?state=failed")).toContain("There is no such recharge");
    await expect.poll(() => look("/portal/statement"), { timeout: 5_000 }).toContain(ids.mine);
    expect(await look("/portal/keys")).toContain(mine.keyId);
    expect(await look(`/portal/recharges/${ids.mine}`)).toContain("₹19.80");
  });

  it("disputes a success once, and reads what becomes of it", async () => {
    const path = `/portal/recharges/${ids.mine}/dispute`;
    const form = { disposition: "D11", comment: "no <b>top-up</b>" };
    expect((await send(path, form)).text).toContain("service not received");
    for (const _ of [1, 2]) expect((await send(path, { ...form, confirmed: "yes" })).status).toBe(303);
    const page = await look(`/portal/recharges/${ids.mine}`);
    for (const said of ["Dispute 1", "no &lt;b&gt;top-up"]) expect(page).toContain(said);
    expect(page).not.toContain("Dispute 2");
    await expect.poll(() => look("/portal/disputes?state=open"), { timeout: 5_000 }).toContain(ids.mine);
    expect(await look("/portal/disputes")).toContain("no &lt;b&gt;top-up");
    expect(await look("/portal/disputes?state=won")).toContain("Nothing was disputed");
  });

  it("adds and removes a webhook", async () => {
    const added = await send("/portal/webhooks", {
      url: "https://a.example.com/x",
      form: "standard",
      confirmed: "yes",
    });
    expect(added.text).toMatch(/<code>whsec_[^<]+<\/code>/);
    const [, id = ""] = /webhooks\/(whe_[0-9a-z]{16})"/.exec(await look("/portal/webhooks")) ?? [];
    expect(await look(`/portal/webhooks/${id}`)).toContain("Nothing was to be told yet");
    expect((await browse(`/portal/webhooks/${id}`, { cookie: otherCookie })).status).toBe(404);
    expect((await send(`/portal/webhooks/${id}/remove`, { confirmed: "yes" }, otherCookie)).status).toBe(404);
    expect((await send(`/portal/webhooks/${id}/remove`, { confirmed: "yes" })).status).toBe(303);
  });

  it("gets nothing of another partner, on any page and by any id", async () => {
    for (const path of pages) {
      const page = await look(path, otherCookie);
      for (const foreign of [ids.mine, mine.keyId, mine.id, "2,34,547"]) expect(page).not.toContain(foreign);
    }
    expect((await browse(`/portal/recharges/${ids.other}`, { cookie })).status).toBe(404);
    const dispute = { disposition: "D11", confirmed: "yes" };
    expect((await send(`/portal/recharges/${ids.other}/dispute`, dispute)).status).toBe(404);
  });
});

describe("the session of a portal", () => {
  it("reads `/v1` as its partner, places nothing, and is nobody of staff", async () => {
    const token = tokenIn(cookie);
    const read = await ask(token, "/v1/balance");
    expect([read.status, read.body]).toEqual([200, (await ask(mine.key, "/v1/balance")).body]);
    const writes = ["/v1/recharges", "/v1/recharges/quote", "/v1/bulk-recharges", "/v1/chat-users"];
    for (const path of writes)
      expect([path, (await ask(token, path, { body: orderBody() })).status]).toEqual([path, 403]);
    expect((await ask(token, `/v1/recharges/${ids.other}`)).status).toBe(404);
    expect((await ask(token, "/admin/v1/partners")).status).toBe(401);
    const staff = tokenIn(await signIn({ scopes: ["admin"] }));
    expect((await ask(staff, "/v1/balance")).status).toBe(401);
  });

  it("goes on while its partner is suspended, and ends when it is closed", async () => {
    const { id } = await newPartner();
    const session = await signIn({ partner: id });
    await askStaff(`/partners/${id}/suspend`, undefined, "POST");
    expect(await look("/portal", session)).toContain("₹1,000.00");
    await askStaff(`/partners/${id}/close`, undefined, "POST");
    expect((await ask(tokenIn(session), "/v1/balance")).status).toBe(401);
    expect(await look("/portal", session)).toContain("access is closed");
  });

  it("ends for `/v1` too when its person is signed out everywhere", async () => {
    const session = await signIn({ partner: other.id, person: "Ola" });
    expect((await ask(tokenIn(session), "/v1/balance")).status).toBe(200);
    await askStaff("/sign-outs", { person: "Ola" });
    expect((await ask(tokenIn(session), "/v1/balance")).status).toBe(401);
    expect((await browse("/portal", { cookie: session })).status).toBe(303);
  });
});
