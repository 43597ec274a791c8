// The pages of providers: what staff switch and order in the console is what every account goes by.
import { beforeAll, describe, expect, it } from "vitest";
import { ask, askStaff, newPartner, orderBody } from "../../support/api-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { newNumber, useSimulator } from "../../support/sandbox.ts";

let cookie: string;
let viewer: string;
beforeAll(async () => {
  useSimulator();
  cookie = await signIn({ scopes: ["operator"] });
  viewer = await signIn({ scopes: ["viewer"] });
});

async function look(path: string, as = cookie): Promise<string> {
  const answer = await browse(path, { cookie: as });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

async function send(path: string, form: readonly (readonly [string, string])[], as = cookie) {
  const body = new URLSearchParams(form.map(([name, value]) => [name, value]));
  const answer = await browse(path, { method: "POST", cookie: as, body });
  return { status: answer.status, text: await answer.text() };
}

const yes = ["confirmed", "yes"] as const;

describe("providers", () => {
  it("show how each did, by day and by product", async () => {
    const { key } = await newPartner();
    expect((await ask(key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
    await expect.poll(() => look("/console/providers", viewer), { timeout: 5_000 }).toContain("100.0 %");
    const page = await look("/console/providers", viewer);
    for (const said of ["backnpay-sandbox", "in.airtel.prepaid", "<title>", "1 succeeded and 0 failed", "Lookups left"])
      expect(page).toContain(said);
    expect(page).toContain("Needs the role operator");
  });

  it("are switched off and on, after a page said what that does", async () => {
    const path = "/console/providers/nurr-sandbox/switch";
    expect((await send(path, [["is_off", "yes"]])).text).toContain("no new recharge of any partner");
    expect((await send(path, [["is_off", "yes"], yes], viewer)).status).toBe(403);
    for (const isOff of [true, false]) {
      expect((await send(path, [["is_off", isOff ? "yes" : "no"], yes])).status).toBe(303);
      const { body } = await askStaff("/providers");
      const one = expect.objectContaining({ id: "nurr-sandbox", is_off: isOff });
      expect(body).toMatchObject({ providers: expect.arrayContaining([one]) });
    }
  });
});

describe("the order of providers", () => {
  const path = "/console/providers/order";
  const product = "in.mtnl.prepaid";

  it("is drafted up and down without a write, set by one form, and given back to the settings", async () => {
    const before = await look(`${path}?product=${product}`);
    expect(before).toContain("By the settings");
    const drafted = await look(`${path}?product=${product}&draft=nurr-sandbox,aopay-sandbox`);
    expect(drafted.indexOf('value="nurr-sandbox"')).toBeLessThan(drafted.indexOf('value="aopay-sandbox"'));
    expect((await askStaff("/providers")).body).toMatchObject({ order: [] });
    const form = [
      ["product", product],
      ["providers", "nurr-sandbox"],
      ["providers", "aopay-sandbox"],
    ] as const;
    expect((await send(path, form)).text).toContain("nurr-sandbox, then aopay-sandbox");
    expect((await send(path, [...form, yes])).status).toBe(303);
    const order = [{ product, providers: ["nurr-sandbox", "aopay-sandbox"] }];
    expect((await askStaff("/providers")).body).toMatchObject({ order });
    expect(await look(`${path}?product=${product}`)).toContain("Set by staff");
    expect((await send(path, [["product", product], yes])).status).toBe(303);
    expect((await askStaff("/providers")).body).toMatchObject({ order: [] });
  });

  it("shows nothing of what the address made up", async () => {
    const page = await look(`${path}?product=%3Cscript%3E&draft=%3Cscript%3Ealert(1),nurr-sandbox`);
    expect(page).not.toContain("alert(1)");
  });
});

const product = "in.reliance.postpaid";
const wanted = (testId: string) =>
  [
    ["test_id", testId],
    ["product", product],
    ["number", newNumber("00")],
    ["amount", "10.00"],
  ] as const;

describe("the codes of a provider", () => {
  const path = "/console/providers/backnpay-sandbox/codes";

  it("are shown with where they come from, and are used from a word of staff on that is asked about first", async () => {
    const before = await look(path, viewer);
    for (const said of ["Airtel", "documented", "are not used", "Needs the role operator"])
      expect(before).toContain(said);
    expect((await look(`${path}?product=${product}`)).split("From now on")).toHaveLength(2);
    const form = [
      ["product", product],
      ["word", "certify"],
      ["reason", "<i>seen</i> to work"],
    ] as const;
    expect((await send(path, form)).text).toContain("somebody else&#39;s bill is paid");
    expect((await send(path, [...form, yes], viewer)).status).toBe(403);
    expect((await send(path, [...form, yes])).status).toBe(303);
    const after = await look(path);
    for (const said of ["certified", "&lt;i&gt;seen&lt;/i&gt; to work"]) expect(after).toContain(said);
    await send(path, [["product", product], ["word", "settings"], ["reason", "back"], yes]);
    expect((await browse("/console/providers/nobody/codes", { cookie })).status).toBe(404);
  });

  it("are tested through it alone, after a page said number, product and what the house pays, and the result comes", async () => {
    const first = wanted("first");
    expect((await send(`${path}/test`, first)).text).toContain("The house has no wallet yet");
    expect((await send(`${path}/test`, [...first, yes])).text).toContain("does not cover it");
    const [, house = ""] = /href="\/console\/partners\/(ptn_[0-9a-z]{5})"/.exec(await look(path)) ?? [];
    const credit = { currency: "INR", amount: "25.00", reason: "tests", external_reference: "house" };
    await askStaff(`/partners/${house}/credits`, credit);
    const second = wanted("second");
    const asked = (await send(`${path}/test`, second)).text;
    for (const said of ["₹10.00", "₹25.00", "₹15.00", "backnpay-sandbox", second[2][1], "for real, once"])
      expect(asked).toContain(said);
    expect((await send(`${path}/test`, [...second, yes], viewer)).status).toBe(403);
    for (const _ of [1, 2]) expect((await send(`${path}/test`, [...second, yes])).status).toBe(303);
    await expect.poll(() => look(path), { timeout: 5_000 }).toMatch(/badge succeeded">succeeded/);
    const page = await look(path);
    for (const said of ["₹15.00", "no recharge", "/console/recharges/rch_"]) expect(page).toContain(said);
    // A test that is on its way has no recharge yet, as one that was refused has none: neither is called refused.
    expect(page).not.toMatch(/badge">refused|nothing was sent/);
    expect(page).not.toContain(second[2][1]);
    // What was refused because it is not available now is sent again with the very same form.
    const third = [...wanted("third"), yes, ["form_id", crypto.randomUUID()]] as const;
    await askStaff("/providers/backnpay-sandbox", { is_off: true }, "PUT");
    const refused = (await send(`${path}/test`, third)).text;
    for (const said of ["it is switched off", "Nothing was changed"]) expect(refused).toContain(said);
    await askStaff("/providers/backnpay-sandbox", { is_off: false }, "PUT");
    expect((await send(`${path}/test`, third)).status).toBe(303);
  });
});

describe("our wallet at a provider", () => {
  const path = "/console/providers/nurr-sandbox/wallet";

  it("is declared and taken back with a reason, after a page said what follows, by who may", async () => {
    const form = [
      ["kind", "exclusive"],
      ["reason", "our <b>own</b> wallet"],
      ["rates", "1.5 2"],
    ] as const;
    expect(await look(path, viewer)).toContain("Needs the role finance");
    expect((await send(`${path}/declare`, form)).text).toContain("money moves by it");
    expect((await send(`${path}/declare`, [...form, yes], viewer)).status).toBe(403);
    expect((await send(`${path}/declare`, [...form.slice(0, 2), ["rates", "much"], yes])).status).toBe(422);
    expect((await send(`${path}/declare`, [...form, yes])).status).toBe(303);
    const declared = await look(path, viewer);
    for (const said of ["✓ declared", "our &lt;b&gt;own&lt;/b&gt; wallet", "1.50 of 100.00", "2.00 of 100.00"])
      expect(declared).toContain(said);
    const back = [["kind", "exclusive"], ["reason", "no more"], yes] as const;
    expect((await send(`${path}/withdraw`, back)).status).toBe(303);
    const over = await look(path, viewer);
    for (const said of ["What was taken back (1)", "no more"]) expect(over).toContain(said);
    expect(over).not.toContain("✓ declared");
  });

  it("takes a movement once by its reference, and shows what its balances prove as a part and as a page", async () => {
    const finance = await signIn({ scopes: ["finance"] });
    const movement = [
      ["direction", "out"],
      ["amount", "250.00"],
      ["from", "2026-11-02T10:00:00"],
      ["until", ""],
      ["note", "a fee"],
      ["external_reference", "fee-1"],
      yes,
    ] as const;
    for (const _ of [1, 2]) expect((await send(`${path}/movements`, movement, finance)).status).toBe(303);
    expect((await look(path)).split("−250.00")).toHaveLength(2);
    expect(await look(`${path}/segments`)).toMatch(/segments? foots?/);
    const part = await browse(`${path}/segments`, { cookie, headers: { "HX-Request": "true" } });
    expect(await part.text()).not.toContain("<html");
    expect((await send(`${path}/judge`, [])).text).toContain("Every account is asked");
    expect((await send(`${path}/judge`, [yes])).status).toBe(303);
  });
});
