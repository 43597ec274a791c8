// What people do in a browser and no test without one can see: drawing an order, a result that comes by itself, a device's passkey.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleSite, hasChromium, inspectEveryLook, looks, openConsole } from "../support/browser.ts";

const isThere = hasChromium();
let site: ConsoleSite;
beforeAll(async () => {
  if (isThere) site = await openConsole();
}, 60_000);
afterAll(() => site?.dispose());

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

describe.runIf(isThere)("a test of a provider in a browser", () => {
  it("is sent after a page said what it does, and its result comes while one looks", async () => {
    const own = await site.visit({ person: "Kavi", scopes: ["operator", "finance"] });
    const { page } = own;
    const codes = "/console/providers/backnpay-sandbox/codes";
    const send = async (ending: string): Promise<void> => {
      await page.goto(`${codes}?product=in.airtel.prepaid`);
      await page.getByLabel("Number to test with").fill(`98263871${ending}`);
      await page.getByRole("button", { name: "Go on" }).last().click();
      await page.getByText("through backnpay-sandbox and no other provider, for real, once.").waitFor();
      expect(await inspectEveryLook(own)).toEqual([]);
      await page.getByRole("button", { name: "Yes, send it" }).click();
    };
    await send("00");
    await page.getByText("does not cover it").waitFor();
    // Chromium writes down that the page said no; nothing else may be there.
    expect(own.findings.splice(0)).toEqual([expect.stringContaining("status of 422")]);
    await page.goto(codes);
    await page.getByRole("link", { name: "Its wallet and limits" }).click();
    await page.getByText("Put money in").click();
    await page.getByLabel("Amount").first().fill("50.00");
    await page.getByLabel("Reason").first().fill("tests");
    await page.getByLabel("External reference").first().fill("house-1");
    await page.getByRole("button", { name: "Go on" }).first().click();
    await page.getByRole("button", { name: "Yes, put it in" }).dblclick();
    await page.getByText("The money is in the wallet.").waitFor();
    await send("30");
    await page.locator("#test-list .badge.pending").waitFor({ timeout: 5_000 });
    await page.locator("#test-list .badge.succeeded").waitFor({ timeout: 30_000 });
    await page.getByText("it has ₹40.00").waitFor();
    expect(own.findings).toEqual([]);
    await own.leave();
  }, 90_000);
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

    const other = await site.visit({ person: "Asha", scopes: ["viewer"] });
    await other.page.goto("/console/sessions");
    await other.page.getByRole("link", { name: `${site.named}/console/sessions` }).waitFor();
    expect(await other.page.getByRole("button", { name: /passkey/ }).count()).toBe(0);
    expect(await inspectEveryLook(other)).toEqual([]);
    await other.leave();
  }, 60_000);
});
