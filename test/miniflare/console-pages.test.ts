// The console's pages in a browser: each look, nothing from another host, no error, nothing that axe-core calls serious.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { order, placeRecharge, until } from "./sandbox.ts";
import { type ConsoleSite, hasChromium, inspectEveryLook, looks, openConsole, type Visit } from "../support/browser.ts";

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

describe.runIf(isThere)("each page", () => {
  it.each(["/console", "/console/recharges", "/console/recharges?state=failed&within=hour"])(
    "%s is sound in every look",
    async (path) => {
      await visit.page.goto(path);
      expect(await inspectEveryLook(visit)).toEqual([]);
    },
  );
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

describe.runIf(isThere)("each page of partners, providers, settings and the portal", () => {
  const partner = "/console/partners/ptn_00001";
  const ofPartner = ["", "/plan", "/rewards", "/keys", "/webhooks", "/statement"].map((path) => `${partner}${path}`);
  const ofSettings = ["", "/numbers", "/audit"].map((path) => `/console/settings${path}`);
  const nurr = "/console/providers/nurr-sandbox";
  const ofProviders = [
    "/console/providers",
    "/console/providers/order",
    `${nurr}/codes`,
    "/console/providers/backnpay-sandbox/codes?product=in.airtel.prepaid",
    `${nurr}/wallet`,
    `${nurr}/wallet/segments`,
  ];
  const forStaff = ["/console/partners", ...ofPartner, ...ofProviders, ...ofSettings];
  const forPartner = ["", "/recharges", "/statement", "/keys", "/webhooks", "/disputes"].map(
    (path) => `/portal${path}`,
  );
  const openAll = "for (const one of document.querySelectorAll('details')) one.open = true;";

  it.each([
    { paths: forStaff, visitor: { person: "Zoya", scopes: ["admin", "finance", "operator"] } },
    { paths: forPartner, visitor: { person: "Mina", partner: "ptn_00001" } },
  ] as const)(
    "$visitor.person finds each sound in every look, with every form open",
    async ({ paths, visitor }) => {
      const own = await site.visit(visitor);
      for (const path of paths) {
        await own.page.goto(path);
        await own.page.evaluate(openAll);
        expect([path, await inspectEveryLook(own)]).toEqual([path, []]);
      }
      await own.leave();
    },
    120_000,
  );
});

describe.runIf(isThere)("the order of providers in a browser", () => {
  it("is drawn by the grip of a row, or moved by keys, to the same draft, and set by one form", async () => {
    const own = await site.visit({ person: "Tara", scopes: ["operator"] });
    const { page } = own;
    const rows = () => page.locator(".order li span").allTextContents();
    await page.goto("/console/providers/order");
    const before = await rows();
    const [first, last] = [page.locator(".grip").first(), page.locator(".order li").last()];
    const [from, to] = [await first.boundingBox(), await last.boundingBox()];
    if (from === null || to === null) throw new Error("no rows");
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + to.height, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/draft=/);
    const drawn = [...before.slice(1), before[0]];
    expect(await rows()).toEqual(drawn);
    expect(await inspectEveryLook(own)).toEqual([]);
    await page.getByRole("link", { name: `${before[0]} up` }).focus();
    await page.keyboard.press("Enter");
    const moved = [...before.slice(1, -1), before[0], before.at(-1)];
    await page.waitForURL((url) => url.searchParams.get("draft") === moved.join(","));
    expect(await rows()).toEqual(moved);
    await page.getByRole("button", { name: "Set this order" }).click();
    await page.getByText(moved.join(", then ")).waitFor();
    await own.leave();
  }, 60_000);
});

describe.runIf(isThere)("a passkey in a browser", () => {
  it("is added in a session, signs in after signing out, and is asked for by the name of the host alone", async () => {
    const own = await site.visit({ person: "Ishani", scopes: ["operator"] }, looks[0], site.named);
    const { page } = own;
    const debug = await page.context().newCDPSession(page);
    await debug.send("WebAuthn.enable");
    await debug.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto("/console/sessions");
    expect(await inspectEveryLook(own)).toEqual([]);
    await page.getByRole("button", { name: "Add a passkey of this device" }).click();
    await page.getByText("You have 1.").waitFor();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    expect(await inspectEveryLook(own)).toEqual([]);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("link", { name: "Ishani" }).waitFor();
    expect(await page.locator("script[src*=passkeys]").count()).toBe(0);
    await page.goto("/console/sessions");
    await page.getByRole("cell", { name: "passkey", exact: true }).waitFor();
    expect(own.findings).toEqual([]);
    await own.leave();

    await visit.page.goto("/console/sessions");
    await visit.page.getByRole("link", { name: `${site.named}/console/sessions` }).waitFor();
    expect(await visit.page.getByRole("button", { name: /passkey/ }).count()).toBe(0);
    expect(await inspectEveryLook(visit)).toEqual([]);
  }, 60_000);
});
