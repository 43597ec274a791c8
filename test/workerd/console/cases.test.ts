// The pages about cases through the Worker: what each role may do, two persons, what voids a proposal, and foreign words as text.
import { beforeEach, describe, expect, it } from "vitest";
import { ask, rechargeIn } from "../../support/api-journey.ts";
import { byHand, lookedUp } from "../../support/account-by-hand.ts";
import {
  lateSuccess,
  newBangladeshPartner,
  placeDoubtful,
  readFile,
  tokenOf,
  propose,
} from "../../support/case-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { accountOf, readWallet, until, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

const script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
const asText = "&lt;script&gt;alert(1)&lt;/script&gt;";

const operator = (person: string) => signIn({ person, scopes: ["operator"] });
const pageOf = async (id: string, cookie: string) => (await browse(`/console/cases/${id}`, { cookie })).text();

function send(id: string, path: string, cookie: string, form: Record<string, string>): Promise<Response> {
  return browse(`/console/cases/${id}/${path}`, { method: "POST", cookie, body: new URLSearchParams(form) });
}

async function doubt() {
  const partner = await newBangladeshPartner();
  const { id } = await placeDoubtful(partner, "41");
  return { id, partner, seen: String((await readFile(id)).evidence_number) };
}

describe("a ruling on its page", () => {
  it("is proposed by one person and confirmed by another, each of whom reads what it does", async () => {
    const { id, partner, seen } = await doubt();
    const [asha, bela] = [await operator("Asha Rao"), await operator("bela")];
    const first = await pageOf(id, asha);
    expect(first).toContain("১৯.৮০৳ goes from the hold back to the partner&#39;s wallet.");
    expect(first).toContain("The hold of ১৯.৮০৳ is spent: the partner pays.");
    const form = { word: "failure", reason: `their letter ${script}`, seen };
    for (let times = 0; times < 2; times += 1) {
      const proposed = await send(id, "rulings", asha, form);
      expect([proposed.status, proposed.headers.get("location")]).toEqual([303, `/console/cases/${id}?done=proposed`]);
    }
    expect(await readFile(id)).toMatchObject({ rulings: [{ number: 1, state: "waits", proposed_by: "Asha Rao" }] });
    const list = async (path: string) => (await browse(path, { cookie: bela })).text();
    await until(async () => (await list("/console/cases")).includes("failure proposed</span> by Asha Rao"), true);
    const today = await list("/console");
    expect(today.indexOf("Wait for a second person")).toBeLessThan(today.indexOf("<h3>Cases</h3>"));
    expect(today).toContain("failure, by Asha Rao");
    const own = await pageOf(id, asha);
    expect(own).toContain("Another person must confirm it.");
    expect(own).toMatch(/<button type="submit" class="danger" disabled="">/);
    const page = await pageOf(id, bela);
    expect(page).toContain("Nothing was heard since.");
    expect(page).not.toMatch(/<button type="submit" class="danger" disabled/);
    expect(page).toContain(asText);
    expect(page).not.toContain("<script>alert");
    const refused = await send(id, "rulings/1/confirm", asha, { seen });
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining("Your role may not do this."),
    ]);
    expect(await readWallet(accountOf(partner.account), "BDT")).toMatchObject({ held: 1_980 });
    const confirmed = await send(id, "rulings/1/confirm", bela, { seen });
    expect([confirmed.status, confirmed.headers.get("location")]).toEqual([303, `/console/cases/${id}?done=confirmed`]);
    expect((await send(id, "rulings/1/confirm", bela, { seen })).status).toBe(303);
    expect(await readWallet(accountOf(partner.account), "BDT")).toEqual({ balance: 100_000, held: 0, debt: 0 });
    expect(await list("/console")).not.toContain("failure, by Asha Rao");
    const after = await pageOf(id, bela);
    expect(after).toContain("It needs nobody any more");
    expect(after).not.toContain('<button type="submit">Propose');
  });
});

describe("a ruling that is refused", () => {
  it("for want of a role says so, to who may only look, or only pay", async () => {
    const { id, seen } = await doubt();
    for (const scope of ["viewer", "finance", "admin"] as const) {
      const cookie = await signIn({ scopes: [scope] });
      const page = await pageOf(id, cookie);
      expect(page).toContain("Your role may not propose a ruling");
      expect(page).toContain('<fieldset disabled="">');
      const refused = await send(id, "rulings", cookie, { word: "failure", reason: "letter", seen });
      expect([refused.status, await refused.text()]).toEqual([
        403,
        expect.stringContaining("lacks the scope operator"),
      ]);
    }
    expect(await readFile(id)).toMatchObject({ rulings: [] });
  });

  it("keeps what was written", async () => {
    const { id } = await doubt();
    const cookie = await operator("chitra");
    const refused = await send(id, "rulings", cookie, { word: "success", reason: `kept ${script}`, seen: "0" });
    const page = await refused.text();
    expect(refused.status).toBe(422);
    expect(page).toContain("read the evidence and propose anew");
    expect(page).toContain(`kept ${asText}`);
    expect(page).toMatch(/value="success" required="" checked=""/);
    const empty = await send(id, "rulings", cookie, {});
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining("<code>/word</code>")]);
  });
});

describe("a proposal", () => {
  it("is void once something newer was heard, and the page marks what", async () => {
    const { account, id, attempt } = await lateSuccess(1_000_000);
    expect((await propose(await tokenOf("Asha Rao"), id, { word: "failure" })).status).toBe(201);
    await byHand(account, async (context) => lookedUp(context, attempt, "success"));
    const page = await pageOf(id, await operator("bela"));
    expect(page).toContain("This proposal is void:");
    expect(page).toContain("one piece of evidence was heard since");
    expect(page).toContain("new since the proposal");
    expect(page).toContain("Propose</button>");
    expect(page).not.toContain("Confirm failure");
    expect(page).toMatch(/What was given back is taken again: ₹19\.80 leaves the partner&#39;s wallet/);
  });
});

describe("a dispute on its page", () => {
  it("is listed with what the partner says, as text, and its pack is a file", async () => {
    const partner = await newBangladeshPartner();
    const body = {
      agent_id: "disputed-1",
      product: "bd.grameenphone.prepaid",
      number: "01712345600",
    };
    const placed = await ask(partner.key, "/v1/recharges", { body: { ...body, amount: "20.00" } });
    const { id } = rechargeIn(placed);
    const dispute = { disposition: "D11", comment: `nothing came ${script}` };
    expect((await ask(partner.key, `/v1/recharges/${id}/dispute`, { body: dispute })).status).toBe(201);
    const cookie = await signIn({ scopes: ["viewer"] });
    await until(async () => (await (await browse("/console/cases", { cookie })).text()).includes(id), true);
    const ofPartner = `/console/partners/${partner.id}/disputes?state=open`;
    for (const path of ["/console/cases", `/console/cases/${id}`, "/console", ofPartner]) {
      const page = await (await browse(path, { cookie })).text();
      expect(page).toContain("Service not received (D11)");
      expect(page).toContain(asText);
      expect(page).not.toContain("<script>alert");
    }
    expect(await pageOf(id, cookie)).toContain("The partner loses its dispute, and reads your reason.");
    const pack = await browse(`/console/cases/${id}/pack`, { cookie });
    expect(pack.headers.get("content-disposition")).toBe('attachment; filename="evidence.json"');
    expect(pack.headers.get("content-type")).toContain("application/json");
    expect(await pack.json()).toMatchObject({ recharge: { id }, disputes: [{ disposition: "D11" }] });
  });
});

describe("a case", () => {
  it("has the balance segment around each attempt, drawn, as a part and as a page", async () => {
    const { id } = await doubt();
    const cookie = await signIn({ scopes: ["viewer"] });
    const [, reference = ""] = /\/segment\/([0-9A-Z]{14})"/.exec(await pageOf(id, cookie)) ?? [];
    const path = `/console/cases/${id}/segment/${reference}`;
    const part = await (await browse(path, { cookie, headers: { "HX-Request": "true" } })).text();
    expect(part).toContain("<svg");
    expect(part).toContain(`▶ …${reference.slice(-5)} lost`);
    expect(part).not.toContain("<html");
    expect(await (await browse(path, { cookie })).text()).toContain(`href="/console/cases/${id}">Back to the case`);
    expect((await browse(`/console/cases/${id}/segment/ZZ000000000000`, { cookie })).status).toBe(404);
  });

  it("that there is not is said to be missing", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    for (const id of ["rch_00001zzzzzzz", "%3Cscript%3E"]) {
      const answer = await browse(`/console/cases/${id}`, { cookie });
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining("There is no such recharge."),
      ]);
    }
  });
});
