// The console's pages in a browser: each look, nothing from another host, no error, nothing that axe-core calls serious.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleSite, hasChromium, looks, openConsole, type Visit } from "../support/browser.ts";

describe.runIf(hasChromium())("the console in a browser", () => {
  let site: ConsoleSite;
  let visit: Visit;
  beforeAll(async () => {
    site = await openConsole();
    visit = await site.visit({ person: "Asha", scopes: ["viewer"] });
  }, 60_000);
  afterAll(() => site?.dispose());

  it.each(["/console"])("%s is sound in every look", async (path) => {
    await visit.page.goto(path);
    for (const look of looks) {
      await visit.show(look);
      expect(await visit.inspect()).toEqual([]);
    }
  });

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
