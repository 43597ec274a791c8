// The pages about reconciliation through the Worker: runs, differences, floats, and the import of a statement as a diff.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openD1 } from "../../../src/ledger/client.ts";
import { askStaff } from "../../support/api-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { readState, readWallet, skipTime, useSimulator } from "../../support/sandbox.ts";
import { headings, inDhaka, lostRecharge, mapping, provider, successRow } from "../../support/statement-journey.ts";

beforeEach(useSimulator);
afterEach(() => {
  vi.useRealTimers();
});

const place = "/console/reconciliation";
const statements = `${place}/statements/nurr-sandbox`;
const script = "<script>alert(1)</script>";
const asText = "&lt;script&gt;alert(1)&lt;/script&gt;";

const textOf = async (path: string, cookie: string) => (await browse(path, { cookie })).text();
const send = (path: string, cookie: string, form: Record<string, string> = {}) =>
  browse(path, { method: "POST", cookie, body: new URLSearchParams(form) });

function upload(cookie: string, lines: readonly string[] | Uint8Array<ArrayBuffer>): Promise<Response> {
  const form = new FormData();
  form.set("file", new File([lines instanceof Uint8Array ? lines : lines.join("\r\n")], "statement.csv"));
  return browse(`${statements}/dry-run`, { method: "POST", cookie, body: form });
}

const pathIn = async (answer: Response) => /action="([^"]+\/apply)"/.exec(await answer.text())?.[1] ?? "";

describe("reconciliation", () => {
  it("runs now for who may, and says what the run found", async () => {
    const viewer = await signIn({ scopes: ["viewer"] });
    expect((await send(`${place}/run`, viewer)).status).toBe(403);
    expect(await textOf(place, viewer)).toContain("Your role may not start a run");
    const operator = await signIn({ scopes: ["operator"], person: `Runner ${script}` });
    const run = await send(`${place}/run`, operator);
    const to = run.headers.get("location") ?? "";
    expect([run.status, to]).toEqual([303, expect.stringMatching(/\?done=run-\d+-0-0$/)]);
    expect(await textOf(to, operator)).toMatch(
      /The run is done: (1 partner was|\d+ partners were) asked, 0 figures differ\./,
    );
    const part = await textOf(`${place}/runs`, viewer);
    expect(part).toMatch(/✓ done<\/span>.*thorough, by Runner &lt;script&gt;/s);
    expect(part).not.toContain("<html");
    expect(await textOf(`${place}?done=reflected`, operator)).not.toContain("reflected");
  });

  it("shows what differs between accounts and the ledger, in figures", async () => {
    const viewer = await signIn({ scopes: ["viewer"] });
    await env.DB.prepare("insert into differences values (1, 7, 'INR', 'balance', 'transfers', 12345678950, 5, ?1)")
      .bind(Date.now())
      .run();
    const page = await textOf(place, viewer);
    for (const expected of ["₹12,34,56,789.50", "₹0.05", "₹12,34,56,789.45", "transfers, event 7"])
      expect(page).toContain(expected);
    await openD1(env.DB).all("delete from differences where event = 7 returning event", []);
  });

  it("shows each float; a difference is accepted by finance alone, with a reason", async () => {
    const operator = await signIn({ scopes: ["operator"] });
    expect(await textOf(place, operator)).toContain("nurr-sandbox</h3>");
    const accept = `${place}/floats/backnpay-sandbox/accept`;
    const seen = { checked_at: "2026-11-02T10:00:00Z", reason: "x" };
    expect((await send(accept, operator, seen)).status).toBe(403);
    const finance = await signIn({ scopes: ["finance"] });
    expect((await send(`${place}/floats/nobody/accept`, finance, seen)).status).toBe(422);
    const empty = await send(accept, finance, { ...seen, reason: "" });
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining("<code>/reason</code>")]);
  });
});

describe("a statement", () => {
  it("is shown as a diff and applied once, and its cells are text", async () => {
    await askStaff(`${provider}/statement-mapping`, mapping, "PUT");
    const lost = await lostRecharge("40");
    const { account, order, recharge } = lost;
    skipTime(600_000);
    const cookie = await signIn({ scopes: ["operator"], person: `Asha ${script}` });
    const foreign = `${script}${recharge.id},01799999999,20.00,Success,${inDhaka(Date.now() - 300_000)},19.80,`;
    const lines = [headings, successRow(`T-${recharge.id}`, lost), foreign];
    const planned = await upload(cookie, lines);
    const page = await planned.text();
    expect(planned.status).toBe(200);
    expect(page).toContain("+ settles");
    expect(page).toContain("<strong>1</strong> words would be told: 1 of success, 0 of failure");
    expect(page).toContain(`href="/console/cases/${recharge.id}"`);
    expect(page).toContain(asText);
    expect(page).not.toContain(script);
    expect(await readState(account, order.agentId)).toBe("pending");
    const [, path = ""] = /action="([^"]+\/pst_[0-9a-f]{20}\/apply)"/.exec(page) ?? [];
    const viewer = await signIn({ scopes: ["viewer"] });
    expect([(await send(path, viewer)).status, (await upload(viewer, lines)).status]).toEqual([403, 403]);
    expect(await readState(account, order.agentId)).toBe("pending");
    const answers = [await send(path, cookie), await send(path, cookie)];
    expect(answers.map((answer) => answer.headers.get("location"))).toEqual([
      `${statements}?done=applied-1-0`,
      `${statements}?done=replay`,
    ]);
    expect(await readState(account, order.agentId)).toBe("succeeded");
    expect(await readWallet(account, "BDT")).toEqual({ balance: 98_020, held: 0, debt: 0 });
    const list = await textOf(`${statements}?done=applied-1-0`, viewer);
    for (const expected of ["✓ applied", "1 taken, 0 too late", asText, "took every word that the dry run showed (1)"])
      expect(list).toContain(expected);
  });
});

describe("a statement that is refused", () => {
  it("as outdated does nothing, and says so", async () => {
    await askStaff(`${provider}/statement-mapping`, mapping, "PUT");
    const lost = await lostRecharge("40");
    skipTime(600_000);
    const cookie = await signIn({ scopes: ["operator"] });
    const first = await pathIn(await upload(cookie, [headings, successRow(`V-${lost.recharge.id}`, lost)]));
    const second = await pathIn(await upload(cookie, [headings, successRow(`W-${lost.recharge.id}`, lost)]));
    expect((await send(first, cookie)).headers.get("location")).toBe(`${statements}?done=applied-1-0`);
    expect((await send(second, cookie)).headers.get("location")).toBe(`${statements}?done=outdated`);
  });

  it("names each line that cannot be read, as text", async () => {
    await askStaff(`${provider}/statement-mapping`, mapping, "PUT");
    const cookie = await signIn({ scopes: ["operator"] });
    const refused = await upload(cookie, [headings, `T-1,017,20,${script},yesterday,,`]);
    const page = await refused.text();
    expect(refused.status).toBe(422);
    expect(page).toContain("/line/2");
    expect(page).not.toContain(script);
    const latin = await upload(cookie, Uint8Array.from([0x54, 0xe9, 0x0a]));
    expect([latin.status, await latin.text()]).toEqual([422, expect.stringContaining("The file is not UTF-8.")]);
    expect((await browse(`${place}/statements/nobody`, { cookie })).status).toBe(404);
  });
});
