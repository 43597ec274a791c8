// What every page weighs with 5,000 recharges in the ledger and full lists: at most 150 KiB on a first visit. Its time is printed.
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../../support/api-journey.ts";
import { goodRows, headings, upload } from "../../support/bulk-journey.ts";
import { allRoutes, browse, signIn } from "../../support/console-journey.ts";
import { otherPaths, type PageIds, pathFor, plainRoute, portalPages, staffPages } from "../../support/console-pages.ts";
import { until, useSimulator } from "../../support/sandbox.ts";
import { seedLedger } from "../../support/seed-ledger.ts";

const atMostBytes = 150 * 1_024;
const named = z.looseObject({ id: z.string() });
const statementsSchema = z.object({
  statements: z.array(z.object({ currency: z.string(), closing: z.string(), as_of_event: z.int() })),
});

beforeEach(useSimulator);

/** A partner with everything that its pages name. */
async function fillPages(): Promise<PageIds> {
  const scopes = ["recharges:write", "recharges:read", "account:read", "webhooks:write", "chat:write"];
  const partner = await newPartner({ balance: "900000.00", scopes });
  const { id } = rechargeIn(await ask(partner.key, "/v1/recharges", { body: orderBody() }));
  await until(async () => (await askStaff(`/recharges/${id}/book`)).status, 200);
  const read = await ask(partner.key, "/v1/statement?to=2090-01-01T00:00:00Z");
  const [inr] = statementsSchema.parse(read.body).statements;
  await seedLedger(env.DB, {
    account: partner.account,
    event: inr?.as_of_event ?? 0,
    balance: Math.round(Number(inr?.closing) * 100),
    now: Date.now(),
  });
  const { id: file } = await upload(partner, [headings, ...goodRows(50)], "the list of November");
  for (let user = 0; user < 20; user += 1) await ask(partner.key, "/v1/chat-users", { body: { name: `Shop ${user}` } });
  const url = "https://hooks.partner.net/x";
  const endpoint = named.parse((await ask(partner.key, "/v1/webhook-endpoints", { body: { url } })).body).id;
  return { partner: partner.id, id, file, endpoint, provider: "backnpay-sandbox" };
}

it("every page is in the list of pages", () => {
  const pages = allRoutes()
    .filter(({ method, path }) => method === "GET" && /^\/(console|portal)(\/|$)/.test(path))
    .map(({ path }) => plainRoute(path))
    .filter((path) => !otherPaths.test(path));
  expect([...staffPages, ...portalPages].toSorted()).toEqual(pages.toSorted());
});

/** A page with the files and parts that it asks for by itself. */
async function load(path: string, cookie: string): Promise<{ readonly status: number; readonly bytes: number }> {
  const page = await browse(path, { cookie });
  const text = await page.text();
  const files = [...text.matchAll(/(?:src|href)="(\/console\/static\/[^"]+)"/g)].map(([, file = ""]) => file);
  const parts = [...text.matchAll(/hx-get="([^"]+)" hx-trigger="load"/g)].map(([, part = ""]) => part);
  const loaded = await Promise.all(
    [...files, ...parts].map(async (part) => (await (await browse(part, { cookie })).arrayBuffer()).byteLength),
  );
  const own = new TextEncoder().encode(text).byteLength;
  return { status: page.status, bytes: loaded.reduce((sum, size) => sum + size, own) };
}

it("no page weighs more than 150 KiB, nothing cached and nothing compressed", async () => {
  const ids = await fillPages();
  const staff = await signIn({ scopes: ["viewer", "operator", "finance", "admin"] });
  const portal = await signIn({ partner: ids["partner"] ?? "" });
  const heavy: string[] = [];
  for (const route of [...staffPages, ...portalPages]) {
    const start = performance.now();
    const { status, bytes } = await load(pathFor(route, ids), route.startsWith("/portal") ? portal : staff);
    const said = `${route}: ${Math.ceil(bytes / 1_024)} KiB, ${Math.round(performance.now() - start)} ms with its files`;
    console.log(said);
    expect([route, status]).toEqual([route, 200]);
    if (bytes > atMostBytes) heavy.push(said);
  }
  expect(heavy).toEqual([]);
  const statement = async (more: string) =>
    (await browse(`${pathFor("/console/partners/:partner/statement", ids)}${more}`, { cookie: staff })).text();
  const [, later = ""] = /href="[^"?]+(\?[^"]+)">\s*Later movements in INR/.exec(await statement("")) ?? [];
  expect(later).toMatch(/currency=INR&amp;after=\d+$/);
  expect(await statement(later.replaceAll("&amp;", "&"))).toContain("Later movements in INR");
}, 60_000);
