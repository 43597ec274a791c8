// The list of recharges and one recharge, as pages: what is found, what is kept, what is said of it, and what never reaches an address.
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful } from "../../support/case-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { newNumber, until, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

const place = "/console/recharges";
const text = async (path: string, cookie: string) => (await browse(path, { cookie })).text();

function post(path: string, cookie: string, fields: Record<string, string>): Promise<Response> {
  return browse(path, { method: "POST", cookie, body: new URLSearchParams(fields) });
}

/** A recharge that the ledger has. */
async function placeBooked(partner: TestPartner, more: Readonly<Record<string, unknown>> = {}) {
  const body = orderBody(more);
  const { id } = rechargeIn(await ask(partner.key, "/v1/recharges", { body }));
  await until(async () => (await askStaff(`/recharges/${id}/book`)).status, 200);
  return { ...body, id };
}

describe("the list of recharges", () => {
  it("is found by number as people write it, agent id, id and the operator's reference, and no address has any of them", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const partner = await newPartner();
    const agentId = `agent-${crypto.randomUUID().slice(0, 8)}`;
    const one = await placeBooked(partner, { agent_id: agentId });
    const other = await placeBooked(partner);
    const reply = await ask(partner.key, `/v1/recharges/${one.id}`);
    const { operator_reference: reference } = z.looseObject({ operator_reference: z.string() }).parse(reply.body);
    const spaced = `+91 ${one.number.slice(0, 5)}-${one.number.slice(5)}`;
    for (const sought of [one.number, spaced, agentId, reference]) {
      const found = await post(place, cookie, { text: sought });
      const page = await found.text();
      expect([sought, found.status, page.includes(one.id), page.includes(other.id)]).toEqual([
        sought,
        200,
        true,
        false,
      ]);
    }
    const direct = await post(place, cookie, { text: one.id.toUpperCase() });
    expect([direct.status, direct.headers.get("location")]).toEqual([303, `${place}/${one.id}`]);
    const addresses = (await text(`${place}?partner=${partner.id}`, cookie)).match(/(?:href|action|hx-get)="[^"]*"/g);
    expect(addresses?.join(" ")).not.toContain(one.number);
    expect(addresses?.join(" ")).not.toContain(agentId);
  });

  it("is narrowed by its address, goes on page by page, and leaves out what it does not understand", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const partner = await newPartner();
    const kept = await placeBooked(partner);
    const failed = await placeBooked(partner, { number: newNumber("11") });
    const narrowed = await post(place, cookie, { text: "", state: "succeeded", partner: partner.id, product: "<b>" });
    const address = narrowed.headers.get("location") ?? "";
    expect(address).toBe(`${place}?state=succeeded&partner=${partner.id}`);
    const page = await text(address, cookie);
    expect([page.includes(kept.id), page.includes(failed.id)]).toEqual([true, false]);
    expect(await text(`${place}?partner=ptn_zzzzz`, cookie)).toContain("No recharge is like that.");
  });
});

describe("what is listed", () => {
  it("comes as a CSV of all that the filters leave, with every field a text or a number", async () => {
    const cookie = await signIn({ scopes: ["viewer"] });
    const partner = await newPartner();
    const all = [await placeBooked(partner), await placeBooked(partner)];
    const answer = await post(`${place}/csv`, cookie, { text: "", partner: partner.id });
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="recharges-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const [, ...rows] = (await answer.text()).trim().split("\r\n");
    expect(rows.map((row) => row.split(",")[1])).toEqual(all.toReversed().map(({ id }) => id));
  });

  it("keeps named views in the browser, without what was looked for, and forgets them", async () => {
    const session = await signIn({ scopes: ["viewer"] });
    const kept = await post(`${place}/views`, session, { name: '"><script>', state: "pending", text: "9826386400" });
    const [views = ""] = (kept.headers.get("set-cookie") ?? "").split(";");
    expect(decodeURIComponent(views)).toBe('views=[{"name":"\\"><script>","query":"state=pending"}]');
    const page = await text(place, `${session}; ${views}`);
    expect(page).toContain(`href="${place}?state=pending"`);
    expect(page).not.toContain("<script>");
    const dropped = await post(`${place}/views`, `${session}; ${views}`, { drop: '"><script>' });
    expect(dropped.headers.get("set-cookie")).toContain("views=%5B%5D;");
    expect((await browse(place, { cookie: `${session}; views=%5B%7B%22x%22%3A1%7D%5D` })).status).toBe(200);
  });
});

describe("one recharge", () => {
  it("is told from the order to its end, with money that foots and every action legal or explained", async () => {
    const cookie = await signIn({ scopes: ["viewer", "operator"] });
    const { id } = await placeBooked(await newPartner());
    await until(async () => (await text(`${place}/${id}`, cookie)).includes("recharge succeeded"), true);
    const page = await text(`${place}/${id}`, cookie);
    const order = [
      "Placed: its cost",
      "Asked backnpay-sandbox",
      "Reply to our call says it succeeded",
      "Succeeded: what was",
    ];
    const places = order.map((words) => page.indexOf(words));
    expect([places.every((at) => at > 0), places]).toEqual([true, places.toSorted((left, right) => left - right)]);
    const footing = page.slice(page.indexOf("<tfoot>"), page.indexOf("</tfoot>"));
    expect(footing.match(/−?₹[\d.]+/g)).toEqual(["−₹19.80", "₹0.00", "₹20.00", "−₹0.20", "₹0.00"]);
    for (const why of ["Only an open case or an open dispute is ruled", "None waits.", "It is over."])
      expect(page).toContain(why);
    expect(page).not.toContain("hx-trigger");
  });

  it("of doubt can be ruled by an operator and not by a viewer, and asks for itself anew while it is pending", async () => {
    const { id } = await placeDoubtful(await newBangladeshPartner(), "41");
    const operator = await text(`${place}/${id}`, await signIn({ scopes: ["operator"] }));
    expect(operator).toContain(`<a href="/console/cases/${id}">Propose a ruling</a>`);
    expect(operator).toContain('hx-trigger="every 5s"');
    const viewer = await text(`${place}/${id}`, await signIn({ scopes: ["viewer"] }));
    expect(viewer).toContain("It takes the role operator.");
    expect(viewer).toContain("what was sent once is never sent again");
  });

  it("that there is not is said so", async () => {
    const answer = await browse(`${place}/rch_zzzzz0000001`, { cookie: await signIn({ scopes: ["viewer"] }) });
    expect([answer.status, (await answer.text()).includes("There is no such recharge.")]).toEqual([404, true]);
  });
});
