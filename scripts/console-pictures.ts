// Takes the pictures of `docs/console.md`, or those named, with 5,000 recharges in the ledger.
import { mkdirSync } from "node:fs";
import { z } from "zod";
import { type ConsoleSite, looks, openConsole, type Visit } from "../test/support/browser.ts";
import { order, placeRecharge } from "../test/miniflare/sandbox.ts";

const seeded = 5_000;
const picturesPath = "docs/pictures";
/** Small, so that the repository stays so. */
const shots = [
  ["", "light", 1000, 520],
  ["-phone", "dark", 390, 600],
] as const;

const houseSchema = z.looseObject({ partner: z.string() });

/** The last two digits of a number choose what the simulator does. */
const endings = ["00", "11", "30", "35", "40"];

const site = await openConsole();
try {
  const ids: string[] = [];
  for (const [index, ending] of endings.entries()) {
    const product = index % 2 === 0 ? "in.airtel.prepaid" : "in.jio.prepaid";
    const body = order(`order-${index}`, product, `9826381${index}${ending}`);
    ids.push((await placeRecharge(site.installation, body)).id);
  }
  await seed(site);
  await seedTests(site);
  const asha = { person: "Asha", scopes: ["viewer", "operator", "finance", "admin"] } as const;
  const visit = await site.visit(asha, looks[0], site.named);
  const pages = [
    ["today", "/console"],
    ["recharges", "/console/recharges"],
    ["recharge", `/console/recharges/${ids[0] ?? ""}`],
    ["cases", "/console/cases"],
    ["partners", "/console/partners"],
    ["providers", "/console/providers"],
    ["codes", "/console/providers/backnpay-sandbox/codes#codes"],
    ["wallet", "/console/providers/nurr-sandbox/wallet"],
    ["reconciliation", "/console/reconciliation"],
    ["settings", "/console/settings"],
    ["sign-in", "/console/sign-in"],
  ] as const;
  const named = process.argv.slice(2);
  for (const [name, path] of pages) if (named.length === 0 || named.includes(name)) await take(visit, name, path);
} finally {
  await site.dispose();
}
process.exit(0);

/** Copies of the recharges that there are, over two weeks, in an account that there is not: they are for reading alone. */
async function seed({ installation }: ConsoleSite): Promise<void> {
  const database = await installation.gateway.miniflare.getD1Database("DB");
  const minutes = Math.round((14 * 24 * 60) / seeded);
  await database
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1), one AS (SELECT * FROM recharges WHERE counter = 1)
      INSERT INTO recharges SELECT 4242, i, i, 'seed-' || i, one.mode, one.product, '98' || (10000000 + i * 13), one.fields,
        (1 + i * 7 % 50) * 1000, (1 + i * 7 % 50) * 10, (1 + i * 7 % 50) * 990, one.currency, one.plan_version,
        iif(i % 11 = 0, 'failed', 'succeeded'), iif(i % 11 = 0, NULL, 'claimed'), NULL, NULL, NULL, one.provider, 'LC' || i, NULL,
        ?2 - i * ?3 * 60000, ?2 - i * ?3 * 60000, NULL, NULL, NULL FROM n, one`,
    )
    .bind(seeded, Date.now(), minutes)
    .run();
}

/** Tests of a provider, in Asha's name. */
async function seedTests({ url, installation }: ConsoleSite): Promise<void> {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${installation.staffToken}`, "content-type": "application/json" };
    const reply = await fetch(`${url}/admin/v1${path}`, { method, headers, body: JSON.stringify(body) ?? null });
    return reply.json();
  };
  const path = "/providers/backnpay-sandbox";
  const test = async (test_id: string, number: string): Promise<unknown> =>
    send("POST", `${path}/tests`, { test_id, product: "in.airtel.prepaid", number, amount: "10.00" });
  await test("first", "9826386400");
  const { partner } = houseSchema.parse(await send("GET", `${path}/tests`));
  const credit = { currency: "INR", amount: "500.00", reason: "tests of November", external_reference: "house-11" };
  await send("POST", `/partners/${partner}/credits`, credit);
  // oxlint-disable-next-line no-await-in-loop -- in this order on the picture
  for (const [index, ending] of ["00", "11", "30"].entries()) await test(`test-${index}`, `98263864${ending}`);
  const certified = { is_certified: true, reason: "A bill of 4 November was paid" };
  await send("PUT", `${path}/codes/in.reliance.postpaid`, certified);
}

async function take({ page }: Visit, name: string, path: string): Promise<void> {
  mkdirSync(picturesPath, { recursive: true });
  await page.goto(path);
  for (const [ending, theme, width, height] of shots) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${picturesPath}/${name}${ending}.png` });
  }
}
