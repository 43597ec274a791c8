// Cases and reconciliation in a browser: doubt settled by two persons, by mouse in few clicks and by keyboard alone; each page in every look.
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleSite, hasChromium, looks, openConsole, type Visit } from "../support/browser.ts";
import { findRecharge, order, placeRecharge, readJournal, type Recharge, until } from "./sandbox.ts";

const screenshots = process.env["SCREENSHOTS"];
let count = 0;

let site: ConsoleSite;

beforeAll(async () => {
  if (!hasChromium()) return;
  const fast = { callLimitMs: 2_000, lookupScheduleMs: [300, 500, 1_000], caseAfterMs: 1_000 };
  site = await openConsole({ providerSettings: () => fast });
}, 60_000);
afterAll(() => site?.dispose());

describe.runIf(hasChromium())("a doubtful recharge", () => {
  it("is settled by two persons in less than ten clicks, the sign-ins with them", settleByMouse, 60_000);
  it("is settled by the keyboard alone", settleByKeyboard, 60_000);
});

describe.runIf(hasChromium())("a page about reconciliation", () => {
  it("is sound in every look", lookAtReconciliation, 60_000);
});

/** An answer that was lost at a provider that cannot be asked again, which is given to a person. */
async function doubtful(): Promise<{ recharge: Recharge; number: string }> {
  count += 1;
  const number = `0171234${String(count).padStart(2, "0")}41`;
  const body = order(`doubt-${count}`, "bd.grameenphone.prepaid", number);
  const recharge = await placeRecharge(site.installation, body);
  await until(
    () => findRecharge(site.installation, recharge.agent_id),
    (one) => one?.["has_open_case"] === true,
  );
  return { recharge, number };
}

const stateOf = async ({ agent_id }: Recharge) => (await findRecharge(site.installation, agent_id))?.state;
const ruler = (person: string): Promise<Visit> => site.visit({ person, scopes: ["operator"] });

async function look(visit: Visit, name: string): Promise<void> {
  for (const one of looks) {
    await visit.show(one);
    if (screenshots !== undefined) {
      mkdirSync(screenshots, { recursive: true });
      await visit.page.screenshot({ path: `${screenshots}/${name}-${one.theme}-${one.width}.png`, fullPage: true });
    }
    expect([name, one, await visit.inspect()]).toEqual([name, one, []]);
  }
  await visit.show(looks[0]);
}

async function settleByMouse(): Promise<void> {
  const { recharge, number } = await doubtful();
  // Each has signed in by one click.
  let clicks = 2;
  const click = async (page: Page, role: "link" | "button" | "radio", name: string | RegExp) => {
    clicks += 1;
    await page.getByRole(role, { name }).first().click();
  };
  const asha = await ruler("Asha");
  await click(asha.page, "link", recharge.id);
  await asha.page.getByRole("heading", { name: "Our balance around this attempt" }).waitFor();
  await look(asha, "case");
  await click(asha.page, "radio", /not executed/);
  clicks += 1;
  await asha.page.getByLabel("Why?").click();
  await asha.page.keyboard.type("Their letter of today: <script>alert(1)</script> never executed");
  await click(asha.page, "button", "Propose");
  await asha.page.getByText("Nothing has moved").waitFor();
  expect(await stateOf(recharge)).toBe("pending");
  expect(await asha.page.getByRole("button", { name: /Confirm/ }).isDisabled()).toBe(true);

  const bela = await ruler("Bela");
  await click(bela.page, "link", recharge.id);
  await bela.page.getByRole("heading", { name: "Our balance around this attempt" }).waitFor();
  await look(bela, "proposal");
  await click(bela.page, "button", /Confirm failure.*19\.80|Confirm failure.*১৯\.৮০/);
  await bela.page.getByText("The ruling is made").waitFor();
  expect(clicks).toBeLessThan(10);
  expect(await stateOf(recharge)).toBe("failed");
  expect((await readJournal(site.installation, number)).map(({ executions }) => executions)).toEqual([0]);
  await look(bela, "ruled");
  await bela.page.goto("/console/cases");
  await look(bela, "cases");
  expect([...asha.findings, ...bela.findings]).toEqual([]);
  await Promise.all([asha.leave(), bela.leave()]);
}

async function settleByKeyboard(): Promise<void> {
  const { recharge } = await doubtful();
  const chitra = await ruler("Chitra");
  await tabTo(chitra.page, "Cases");
  await chitra.page.keyboard.press("Enter");
  await chitra.page.getByRole("heading", { name: "Cases" }).waitFor();
  await tabTo(chitra.page, recharge.id);
  await chitra.page.keyboard.press("Enter");
  await chitra.page.getByRole("button", { name: "Propose" }).waitFor();
  await tabTo(chitra.page, "It was executed (success)");
  await chitra.page.keyboard.press("ArrowDown");
  await tabTo(chitra.page, "Why? The partner reads it.");
  await chitra.page.keyboard.type("Their letter of today");
  await tabTo(chitra.page, "Propose");
  await chitra.page.keyboard.press("Enter");
  await chitra.page.getByText("Nothing has moved").waitFor();

  const divya = await ruler("Divya");
  await tabTo(divya.page, recharge.id);
  await divya.page.keyboard.press("Enter");
  await divya.page.getByRole("heading", { name: "Chitra proposes" }).waitFor();
  await tabTo(divya.page, "Confirm failure");
  await divya.page.keyboard.press("Enter");
  await divya.page.getByText("The ruling is made").waitFor();
  expect(await stateOf(recharge)).toBe("failed");
  expect([...chitra.findings, ...divya.findings]).toEqual([]);
  await Promise.all([chitra.leave(), divya.leave()]);
}

async function lookAtReconciliation(): Promise<void> {
  const visit = await site.visit({ person: "Esha", scopes: ["operator", "finance"] });
  await visit.page.goto("/console/reconciliation");
  await visit.page.getByRole("button", { name: "Run now" }).click();
  await visit.page.getByText("The run is done").waitFor();
  await look(visit, "reconciliation");
  const statements = "/console/reconciliation/statements/nurr-sandbox";
  await visit.page.goto(`${statements}/mapping`);
  await fill(visit.page, { Face: "Amount", Status: "Status", "Time of the order": "Date", Subscriber: "Mobile" });
  await fill(visit.page, { Success: "Success", "Form of a time": "yyyy-MM-dd HH:mm:ss", Zone: "Asia/Dhaka" });
  const rows = "Mobile,Amount,Status,Date\n01711111111,20.00,Success,2026-11-01 10:00:00";
  await fill(visit.page, { "The first lines": rows });
  await visit.page.getByRole("button", { name: "Show the rows" }).click();
  await visit.page.getByRole("heading", { name: "So these lines are read" }).waitFor();
  await look(visit, "mapping");
  await visit.page.getByRole("button", { name: "Remember" }).click();
  const file = { name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(rows) };
  await visit.page.getByLabel("File (CSV").setInputFiles(file);
  await look(visit, "statements");
  await visit.page.getByRole("button", { name: "Dry run" }).click();
  await visit.page.getByText("words would be told").waitFor();
  await look(visit, "dry-run");
  expect(visit.findings).toEqual([]);
  await visit.leave();
}

/** Fields by the begin of their labels. */
async function fill(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- a person fills one after the other
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(new RegExp(`^${label}`)).fill(text);
}

// A text, and not a function: this project does not know the types of the browser.
const focused = `(() => {
  const one = document.activeElement;
  return one?.labels?.[0]?.textContent ?? one?.textContent ?? "";
})()`;

/** Presses the tab key until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (
      String(await page.evaluate(focused))
        .trim()
        .startsWith(name)
    )
      return;
  }
  throw new Error(`the tab key does not reach ${name}`);
}
