// The pages of partners: what staff do with a partner in the console is what the API then says of it.
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, type TestPartner } from "../../support/api-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { useSimulator } from "../../support/sandbox.ts";

let cookie: string;
let viewer: string;
let partner: TestPartner;
beforeAll(async () => {
  useSimulator();
  cookie = await signIn({ scopes: ["admin", "finance", "operator"] });
  viewer = await signIn({ scopes: ["viewer"] });
  partner = await newPartner();
});

async function look(path: string, as = cookie): Promise<string> {
  const answer = await browse(path, { cookie: as });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

type Form = Readonly<Record<string, string>>;

async function send(path: string, form: Form, as = cookie) {
  const answer = await browse(path, { method: "POST", cookie: as, body: new URLSearchParams(form) });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}

const confirm = (path: string, form: Form, as = cookie) => send(path, { ...form, confirmed: "yes" }, as);

async function balance(): Promise<string | undefined> {
  const { body } = await askStaff(`/partners/${partner.id}/figures`);
  const { wallets } = z
    .object({ wallets: z.array(z.object({ currency: z.string(), balance: z.string() })) })
    .parse(body);
  return wallets.find(({ currency }) => currency === "INR")?.balance;
}

describe("money", () => {
  const form = { currency: "INR", amount: "234567.50", reason: "paid <b>today</b>", external_reference: "bank-77" };

  it("moves only after a page said the balance before and after, and once, however often the form is sent", async () => {
    const page = `/console/partners/${partner.id}`;
    const asked = await send(`${page}/credit`, form);
    expect(asked.status).toBe(200);
    for (const said of ["₹2,34,567.50", "₹1,000.00", "₹2,35,567.50", "paid &lt;b&gt;today", 'name="confirmed"'])
      expect(asked.text).toContain(said);
    expect(await balance()).toBe("1000.00");
    const sent = await Promise.all([1, 2, 3].map(() => confirm(`${page}/credit`, form)));
    for (const one of sent) expect([one.status, one.location]).toEqual([303, `${page}?done=credited`]);
    expect(await balance()).toBe("235567.50");
    expect(await look(`${page}?done=credited`)).toContain("The money is in the wallet.");
    expect(await look(`${page}?done=%3Cb%3E`)).not.toContain('class="note"');
    await expect.poll(() => look(`${page}/statement`), { timeout: 5_000 }).toContain("bank-77");
    expect(await look(`${page}/statement`)).toContain("paid &lt;b&gt;today&lt;/b&gt;");
  });

  it("is refused to who may not move it, and the form says so before", async () => {
    const page = `/console/partners/${partner.id}`;
    expect(await look(page, viewer)).toContain("Needs the role finance");
    const before = await balance();
    const refused = await confirm(`${page}/debit`, { ...form, external_reference: "bank-78" }, viewer);
    expect([refused.status, refused.text.includes("Your role may not do this")]).toEqual([403, true]);
    const much = await confirm(`${page}/debit`, { ...form, amount: "99999999.00", external_reference: "bank-79" });
    expect(much.status).toBe(422);
    expect(await balance()).toBe(before);
  });
});

describe("a partner", () => {
  it("is created from the list, and the form that is sent again makes no second one", async () => {
    const name = `Zed <script>alert(1)</script> ${crypto.randomUUID()}`;
    const form = { name, mode: "sandbox", wallets: "INR", commission: "* 1.25%\nin.airtel.prepaid 0.5" };
    expect((await send("/console/partners", form)).text).toContain("empty balance");
    const made = await confirm("/console/partners", form);
    const [, id] = /<code>(ptn_[0-9a-z]{5})<\/code>/.exec(made.text) ?? [];
    expect((await confirm("/console/partners", form)).text).toContain(`<code>${id}</code>`);
    const { body } = await askStaff(`/partners/${id}`);
    expect(body).toMatchObject({
      name,
      commission: [
        { product: "*", basis_points: 125 },
        { product: "in.airtel.prepaid", fixed: "0.50" },
      ],
    });
    for (const path of ["/console/partners", `/console/partners/${id}`])
      expect(await look(path)).not.toContain("<script>alert");
  });

  it("is suspended and resumed", async () => {
    const page = `/console/partners/${partner.id}`;
    expect((await send(`${page}/suspend`, {})).text).toContain(" 0 recharges are pending now.");
    expect((await confirm(`${page}/suspend`, {})).status).toBe(303);
    expect((await ask(partner.key, "/v1/recharges", { body: orderBody() })).body).toMatchObject({ code: "suspended" });
    expect(await look(page)).toContain("suspended");
    expect((await confirm(`${page}/resume`, {})).status).toBe(303);
    expect((await ask(partner.key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
  });

  it("has limits that are changed, and taken away by an empty field", async () => {
    const page = `/console/partners/${partner.id}`;
    const form = { currency: "INR", "per_recharge-INR": "500.00", "per_day-INR": "", "low_balance-INR": "" };
    expect((await confirm(`${page}/limits`, form)).status).toBe(303);
    const limits = [{ currency: "INR", per_recharge: "500.00", per_day: null }];
    expect((await askStaff(`/partners/${partner.id}`)).body).toMatchObject({ limits });
    expect(await look(page)).toContain('value="500.00"');
  });

  it("that there is not is said to be none, and so is a path in its place", async () => {
    for (const id of ["ptn_zzzzz", "ptn_1", "..%2Fproviders", "%2e%2e"])
      expect([id, (await browse(`/console/partners/${id}`, { cookie })).status]).toEqual([id, 404]);
  });
});

describe("a commission plan", () => {
  it("is shown on real recharges before it is set, and given up while its date has not come", async () => {
    const page = `/console/partners/${partner.id}/plan`;
    const placed = await ask(partner.key, "/v1/recharges", { body: orderBody({ amount: "100.00" }) });
    expect(placed.status).toBe(201);
    const form = { commission: "* 3.00%", from: "2099-01-01T00:00" };
    await expect.poll(async () => (await send(page, form)).text, { timeout: 5_000 }).toContain("in.airtel.prepaid");
    expect((await send(page, form)).text).toContain("What was placed keeps its price");
    expect((await confirm(page, form)).location).toBe(`${page}?done=changed`);
    const { body } = await askStaff(`/partners/${partner.id}`);
    expect(body).toMatchObject({ later_plans: [{ version: 2, from: "2099-01-01T00:00:00.000Z" }] });
    expect(await look(page)).toContain("Give up");
    expect((await confirm(`${page}/cancel`, { version: "2" })).status).toBe(303);
    expect((await askStaff(`/partners/${partner.id}`)).body).toMatchObject({ later_plans: [] });
  });

  it("with a line that is no rule is refused with the number of the line", async () => {
    const refused = await send(`/console/partners/${partner.id}/plan`, { commission: "* 1%\nnonsense", from: "" });
    expect([refused.status, refused.text.includes("line 2 is no rule")]).toEqual([422, true]);
  });
});

describe("the reward programme", () => {
  it("is told in numbers before it holds, refused where it is none, and turned off", async () => {
    const page = `/console/partners/${partner.id}/rewards`;
    const rewards = { points: [{ product: "*", basis_points: 50 }], levels: [], offers: [], budgets: [] };
    const form = { programme: JSON.stringify(rewards) };
    expect((await send(page, form)).text).toContain("1 rules of points, 0 levels");
    expect((await confirm(page, form, viewer)).status).toBe(403);
    expect((await confirm(page, form)).status).toBe(303);
    expect((await askStaff(`/partners/${partner.id}`)).body).toMatchObject({ rewards });
    for (const programme of ["{", "[]", '{"points":[{}],"levels":[],"offers":[],"budgets":[]}'])
      expect((await confirm(page, { programme })).status).toBe(422);
    expect((await confirm(page, { programme: "" })).status).toBe(303);
    expect(await look(page)).toContain("The programme is off");
  });
});

describe("a key", () => {
  it("shows its secret once, works, is rotated and revoked", async () => {
    const page = `/console/partners/${partner.id}/keys`;
    const form = { name: "till", surface: "api", scopes: "account:read", addresses: "" };
    const issued = await confirm(page, form);
    const [, key = ""] = /<code>(rk_test_[^<]+)<\/code>/.exec(issued.text) ?? [];
    const [, id = ""] = /<code>(key_[^<]+)<\/code>/.exec(issued.text) ?? [];
    expect((await ask(key, "/v1/balance")).status).toBe(200);
    expect((await confirm(page, form)).status).toBe(422);
    expect(await look(page)).not.toContain(key);
    const rotated = await confirm(`${page}/rotate`, { key: id, name: "till 2" });
    const [, next = ""] = /<code>(rk_test_[^<]+)<\/code>/.exec(rotated.text) ?? [];
    expect((await ask(next, "/v1/balance")).status).toBe(200);
    const where = { key: id, name: "till", now: "" };
    expect((await send(`${page}/addresses`, where)).text).toContain('name="addresses"');
    expect((await confirm(`${page}/addresses`, { ...where, addresses: "192.0.2.7, 10.0.0.0/8" })).status).toBe(303);
    expect(await look(page)).toContain("192.0.2.7, 10.0.0.0/8");
    expect((await confirm(`${page}/addresses`, { ...where, addresses: "nowhere" })).status).toBe(422);
    expect((await confirm(`${page}/revoke`, { key: id, name: "till" })).status).toBe(303);
    expect((await ask(key, "/v1/balance")).status).toBe(401);
    expect(await look(page, viewer)).not.toContain("Rotate");
  });
});

describe("a key of a live client of aopay", () => {
  it("is issued only once it is said how the client takes doubt", async () => {
    const live = { name: `Live ${crypto.randomUUID()}`, mode: "live", wallets: "INR", commission: "* 1%" };
    const [, id = ""] = /<code>(ptn_[0-9a-z]{5})<\/code>/.exec((await confirm("/console/partners", live)).text) ?? [];
    const form = { name: "till", surface: "aopay", scopes: "recharges:write", addresses: "" };
    expect((await confirm(`/console/partners/${id}/keys`, { ...form, doubt_answer: "" })).text).toContain(
      "doubt_answer",
    );
    const issued = await confirm(`/console/partners/${id}/keys`, { ...form, doubt_answer: "pending" });
    expect(issued.text).toContain("Shown once.");
  });
});

describe("webhooks of a partner", () => {
  it("are added, tested, told again and removed", async () => {
    const page = `/console/partners/${partner.id}/webhooks`;
    const added = await confirm(page, { url: "https://hooks.example.com/a", form: "standard", description: "till" });
    expect(added.text).toMatch(/<code>whsec_[^<]+<\/code>/);
    const [, id = ""] = /webhooks\/(whe_[0-9a-z]{16})"/.exec(await look(page)) ?? [];
    expect((await send(`${page}/${id}/test`, {})).location).toBe(`${page}/${id}?done=sent`);
    await expect.poll(() => look(`${page}/${id}`), { timeout: 5_000 }).toContain("webhook.test");
    expect((await confirm(`${page}/${id}/secret`, {})).text).toMatch(/<code>whsec_[^<]+<\/code>/);
    expect((await confirm(`${page}/${id}/remove`, {})).status).toBe(303);
    expect(await look(page)).toContain("Nobody is told anything");
  });
});

describe("the statement of a partner", () => {
  it("is for staff what the partner reads itself, and not for a stranger", async () => {
    const mine = await ask(partner.key, "/v1/statement?currency=INR&to=2090-01-01T00:00:00Z");
    const theirs = await askStaff(`/partners/${partner.id}/statement?currency=INR&to=2090-01-01T00:00:00Z`);
    expect([theirs.status, theirs.body]).toEqual([200, mine.body]);
    expect((await askStaff("/partners/ptn_zzzzz/statement")).status).toBe(404);
    expect((await ask(partner.key, `/admin/v1/partners/${partner.id}/statement`)).status).toBe(401);
  });
});
