// The console's pages in a browser: each look, nothing from another host, no error, nothing that axe-core calls serious.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { order, placeRecharge, until } from "./sandbox.ts";
import { type PageIds, pathFor, portalPages, staffPages } from "../support/console-pages.ts";
import { type ConsoleSite, hasChromium, inspectEveryLook, openConsole, type Visit } from "../support/browser.ts";

const isThere = hasChromium();
let site: ConsoleSite;
let visit: Visit;
beforeAll(async () => {
  if (!isThere) return;
  site = await openConsole();
  visit = await site.visit({ person: "Asha", scopes: ["viewer"] });
}, 60_000);
afterAll(() => site?.dispose());

describe.runIf(isThere)("recharges in a browser", () => {
  it("a recharge is found by its number, which no address shows, and told to its end while one looks", async () => {
    const { page } = visit;
    const done = await placeRecharge(site.installation, order("page-1", "in.airtel.prepaid", "9826386400"));
    // Executed, and never answered: pending until the call is given up and the provider is asked again.
    const reply = await fetch(`${site.url}/v1/recharges`, {
      method: "POST",
      headers: { authorization: "Bearer rk_test_demo", "content-type": "application/json", prefer: "respond-async" },
      body: order("page-2", "in.airtel.prepaid", "9826386440"),
    });
    const pending = z.looseObject({ id: z.string() }).parse(await reply.json());
    await page.goto(`/console/recharges/${pending.id}`);
    await page.locator(".badge.pending").waitFor({ timeout: 1_000 });
    expect(await inspectEveryLook(visit)).toEqual([]);
    await page.locator(".badge.succeeded").waitFor({ timeout: 20_000 });
    expect(await page.locator("time[data-shown]").count()).toBe(await page.locator("time").count());

    await page.goto("/console/recharges");
    await until(
      async () => {
        await page.getByLabel("Look for").fill("98263 86400");
        await page.getByRole("button", { name: "Show" }).click();
        return page.getByRole("link", { name: done.id }).count();
      },
      (found) => found === 1,
    );
    expect(page.url()).not.toContain("86400");
    expect(await inspectEveryLook(visit)).toEqual([]);
    await page.getByRole("link", { name: done.id }).click();
    await page.getByRole("heading", { name: "What happened" }).waitFor();
    expect(await inspectEveryLook(visit)).toEqual([]);
  }, 60_000);

  it("a view is kept under its name, and what it shows comes as a file", async () => {
    const { page } = visit;
    await page.goto("/console/recharges?state=failed");
    await page.getByLabel("Name of this view").fill("Failures");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.goto("/console/recharges");
    await page.getByRole("link", { name: "Failures" }).click();
    expect(new URL(page.url()).search).toBe("?state=failed");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/^recharges-.*\.csv$/);
    expect(visit.findings).toEqual([]);
  }, 60_000);
});

describe.runIf(isThere)("a page", () => {
  it("is not sound with an unnamed field, an inline style, another host or a page that is too wide", async () => {
    const spoiled = await site.visit({ person: "Nikhil", scopes: ["viewer"] });
    await spoiled.page.evaluate(`
      document.querySelector("main").innerHTML = '<input><p style="color: red">' + "wide".repeat(999) + '</p>';
      fetch("https://elsewhere.example/").catch(() => null);
    `);
    const found = (await spoiled.inspect()).join("\n");
    for (const expected of ["axe label", "style-src", "connect-src", "the page is"]) expect(found).toContain(expected);
    await spoiled.leave();
  });
});

describe.runIf(isThere)("each page", () => {
  const openAll = "for (const one of document.querySelectorAll('details')) one.open = true;";
  const further = [
    "/console/recharges?state=failed&within=hour",
    "/console/providers/backnpay-sandbox/codes?product=in.airtel.prepaid",
  ];
  const named = z.looseObject({ id: z.string() });
  let filled: PageIds | null = null;

  /** The sandbox partner with everything that its pages name. */
  async function fillPages(): Promise<PageIds> {
    const { id } = await placeRecharge(site.installation, order("page-ids", "in.airtel.prepaid", "9826386500"));
    const send = async (path: string, type: string, body: string): Promise<string> => {
      const headers = { authorization: "Bearer rk_test_demo", "content-type": type };
      const reply = await fetch(`${site.url}/v1${path}`, { method: "POST", headers, body });
      return named.parse(await reply.json()).id;
    };
    const rows = "product,number,amount\nin.airtel.prepaid,9826386600,20.00\nin.airtel.prepaid,98,20.00";
    const file = await send("/bulk-recharges", "text/csv", rows);
    const endpoint = await send("/webhook-endpoints", "application/json", '{"url":"http://127.0.0.1:9/x"}');
    await send("/chat-users", "application/json", '{"name":"Rahim Store"}');
    return { partner: "ptn_00001", id, file, endpoint, provider: "nurr-sandbox" };
  }

  it.each([
    { pages: [...staffPages, ...further], visitor: { person: "Zoya", scopes: ["admin", "finance", "operator"] } },
    { pages: portalPages, visitor: { person: "Mina", partner: "ptn_00001" } },
  ] as const)(
    "$visitor.person finds each sound in every look, with every form open",
    async ({ pages, visitor }) => {
      filled ??= await fillPages();
      const own = await site.visit(visitor);
      for (const page of pages) {
        await own.page.goto(pathFor(page, filled));
        await own.page.evaluate(openAll);
        expect([page, await inspectEveryLook(own)]).toEqual([page, []]);
      }
      await own.leave();
    },
    180_000,
  );
});
