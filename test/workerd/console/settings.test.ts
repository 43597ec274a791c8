// The pages of Settings: people, numbers, and the audit that tells of both.
import { beforeAll, describe, expect, it } from "vitest";
import { ask, askStaff, newPartner, orderBody } from "../../support/api-journey.ts";
import { browse, sendLink, signIn } from "../../support/console-journey.ts";
import { newNumber, useSimulator } from "../../support/sandbox.ts";

let cookie: string;
let viewer: string;
beforeAll(async () => {
  useSimulator();
  cookie = await signIn({ scopes: ["admin", "operator"], person: "Asha" });
  viewer = await signIn({ scopes: ["viewer"] });
});

async function look(path: string, as = cookie): Promise<string> {
  const answer = await browse(path, { cookie: as });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

async function send(path: string, form: Readonly<Record<string, string>>, as = cookie) {
  const answer = await browse(path, { method: "POST", cookie: as, body: new URLSearchParams(form) });
  return { status: answer.status, text: await answer.text() };
}

const page = "/console/settings";
const yes = { confirmed: "yes" };

describe("staff", () => {
  it("are let in by a link that is shown once, and signed out everywhere", async () => {
    const form = { person: "Nikhil", scopes: "viewer" };
    expect((await send(`${page}/links`, form)).text).toContain("It works once");
    const [, link = ""] = /#(rl_[0-9A-Z]{32})/.exec((await send(`${page}/links`, { ...form, ...yes })).text) ?? [];
    const entered = ((await sendLink(link)).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    await look("/console", entered);
    expect((await send(`${page}/sign-outs`, { person: "Nikhil", ...yes })).status).toBe(303);
    expect((await browse("/console", { cookie: entered })).status).toBe(303);
  });

  it("that are no administrators neither let anybody in nor read tokens and audit", async () => {
    expect((await send(`${page}/links`, { person: "X", scopes: "admin", ...yes }, viewer)).status).toBe(403);
    expect((await send(`${page}/sign-outs`, { person: "Asha", ...yes }, viewer)).status).toBe(403);
    for (const path of [page, `${page}/audit`]) expect(await look(path, viewer)).toContain("Your role may not do this");
  });

  it("issue a token of a program, shown once, and revoke it", async () => {
    const form = { staff: "robot", scopes: "viewer", days: "7" };
    expect((await send(`${page}/tokens`, { ...form, ...yes }, viewer)).status).toBe(403);
    expect((await send(`${page}/tokens`, form)).text).toContain("viewer, a week");
    const { text } = await send(`${page}/tokens`, { ...form, ...yes });
    const [, id = ""] = /<code>(tok_[a-z0-9]+)</.exec(text) ?? [];
    const [, token = ""] = /<code>(rs_[^<]+)</.exec(text) ?? [];
    expect((await ask(token, "/admin/v1/partners")).status).toBe(200);
    expect(await look(page)).toContain(id);
    expect((await send(`${page}/tokens/revoke`, { token: id, ...yes })).status).toBe(303);
    expect((await ask(token, "/admin/v1/partners")).status).toBe(401);
  });
});

describe("people who come by passkey", () => {
  it("have the roles that an administrator gives, and lose their keys with their device", async () => {
    const roles = { person: "Ravi", scopes: "operator" };
    expect((await send(`${page}/people/roles`, { ...roles, ...yes }, viewer)).status).toBe(403);
    expect((await send(`${page}/people/roles`, roles)).text).toContain("operator. It holds for open sessions too");
    expect((await send(`${page}/people/roles`, { ...roles, ...yes })).status).toBe(303);
    expect(await look(`${page}/people`)).toMatch(/Ravi<\/td>[^]*operator/);
    expect((await send(`${page}/people/lost`, { person: "Ravi", ...yes })).status).toBe(303);
    expect((await askStaff("/people")).body).toMatchObject({
      people: expect.arrayContaining([{ person: "Ravi", scopes: ["operator"], passkeys: 0 }]),
    });
  });
});

describe("what fields suggest", () => {
  it("are partners, providers and products, asked for beside the page", async () => {
    const { id } = await newPartner();
    for (const path of ["/console/recharges", page])
      expect(await look(path)).toContain('hx-get="/console/suggestions"');
    const lists = await look("/console/suggestions", viewer);
    for (const said of [`value="${id}"`, 'value="nurr-sandbox"', 'value="in.jio.prepaid"'])
      expect(lists).toContain(said);
  });
});

describe("numbers", () => {
  it("are blocked and freed, by a form and never by an address", async () => {
    const { key } = await newPartner();
    const number = newNumber("00");
    const form = { product: "in.airtel.prepaid", number, reason: "asked to <i>stop</i>", is_blocked: "yes" };
    expect((await send(`${page}/numbers/block`, { ...form, ...yes }, viewer)).status).toBe(403);
    expect((await send(`${page}/numbers/block`, { ...form, ...yes })).status).toBe(303);
    const refused = await ask(key, "/v1/recharges", { body: orderBody({ number }) });
    expect(refused.body).toMatchObject({ code: "number" });
    const listed = await look(`${page}/numbers`);
    expect(listed).toContain(number);
    expect(listed).toContain("asked to &lt;i&gt;stop");
    expect((await send(`${page}/numbers/block`, { ...form, is_blocked: "no", ...yes })).status).toBe(303);
    expect((await ask(key, "/v1/recharges", { body: orderBody({ number }) })).status).toBe(201);
    expect((await send(`${page}/numbers/block`, { ...form, number: "12", ...yes })).status).toBe(422);
  });

  it("are recharged as often as staff say, until that is taken back", async () => {
    expect((await send(`${page}/numbers/velocity`, { velocity: "7", ...yes })).status).toBe(303);
    expect(await look(`${page}/numbers`)).toContain("<strong>7</strong>");
    expect((await send(`${page}/numbers/velocity`, { velocity: "many", ...yes })).status).toBe(422);
    expect((await send(`${page}/numbers/velocity`, { velocity: "", ...yes })).status).toBe(303);
    expect((await askStaff("/number-rules")).body).toMatchObject({ velocity_is_set_by: "settings" });
  });
});

describe("the audit", () => {
  it("tells who did what, by person, verb and subject", async () => {
    await send(`${page}/numbers/velocity`, { velocity: "8", ...yes });
    const own = await look(`${page}/audit?staff=Asha&verb=change_number_rules`);
    for (const said of ["change number rules", "Asha", "&quot;velocity_per_day&quot;: 8"]) expect(own).toContain(said);
    const today = new Date().toISOString().slice(0, 10);
    expect(await look(`${page}/audit?verb=Change+number+rules&from=${today}&to=${today}`)).toContain("Asha");
    expect(await look(`${page}/audit?to=2020-01-01`)).toContain("Nobody did such a thing");
    expect(await look(`${page}/audit?staff=Nobody`)).toContain("Nobody did such a thing");
    expect(await look(`${page}/audit?verb=%3Cscript%3E`)).not.toContain("<script>");
    await send(`${page}/numbers/velocity`, { velocity: "", ...yes });
  });
});
