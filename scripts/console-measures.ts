// Prints how long every page of the console and the portal takes with 5,000 recharges in the ledger, and what a first visit loads.
import { z } from "zod";
import { order, placeRecharge } from "../test/miniflare/sandbox.ts";
import { type ConsoleSite, openConsole, type Visit } from "../test/support/browser.ts";
import { type PageIds, pathFor, portalPages, staffPages } from "../test/support/console-pages.ts";
import { seedLedger } from "../test/support/seed-ledger.ts";

const tries = 20;
const named = z.looseObject({ id: z.string() });
const statementsSchema = z.object({
  statements: z.array(z.object({ currency: z.string(), closing: z.string(), as_of_event: z.int() })),
});

const site = await openConsole();
try {
  const ids = await fillPages(site);
  const staff = await site.visit({ person: "Asha", scopes: ["viewer", "operator", "finance", "admin"] });
  const portal = await site.visit({ person: "Mina", partner: "ptn_00001" });
  console.log("| page | answers in | loads |\n|---|---|---|");
  for (const [visit, pages] of [
    [staff, staffPages],
    [portal, portalPages],
  ] as const)
    for (const page of pages) console.log(`| \`${page}\` | ${await measure(visit, pathFor(page, ids))} |`);
} finally {
  await site.dispose();
}
process.exit(0);

async function ask({ url }: ConsoleSite, path: string, body?: string, type = "application/json"): Promise<unknown> {
  const headers = { authorization: "Bearer rk_test_demo", "content-type": type };
  const init = body === undefined ? { headers } : { method: "POST", headers, body };
  return (await fetch(`${url}/v1${path}`, init)).json();
}

/** The sandbox partner with everything that its pages name, and full lists. */
async function fillPages(of: ConsoleSite): Promise<PageIds> {
  const { id } = await placeRecharge(of.installation, order("first", "in.airtel.prepaid", "9826386500"));
  const rows = Array.from({ length: 50 }, (_, row) => `in.airtel.prepaid,98263${String(row).padStart(3, "0")}00,20.00`);
  const file = named.parse(
    await ask(of, "/bulk-recharges", ["product,number,amount", ...rows].join("\n"), "text/csv"),
  ).id;
  const endpoint = named.parse(await ask(of, "/webhook-endpoints", '{"url":"http://127.0.0.1:9/x"}')).id;
  await ask(of, "/chat-users", '{"name":"Rahim Store"}');
  let inr: z.infer<typeof statementsSchema>["statements"][number] | undefined;
  while ((inr?.as_of_event ?? 0) < 3)
    inr = statementsSchema
      .parse(await ask(of, "/statement?limit=1"))
      .statements.find(({ currency }) => currency === "INR");
  const database = await of.installation.gateway.miniflare.getD1Database("DB");
  const [event, balance] = [inr?.as_of_event ?? 0, Math.round(Number(inr?.closing) * 100)];
  await seedLedger(database, { account: 1, event, balance, now: Date.now() });
  return { partner: "ptn_00001", id, file, endpoint, provider: "backnpay-sandbox" };
}

/** Median time to the whole answer over loopback, and what a first visit loads, nothing cached and nothing compressed. */
async function measure({ page }: Visit, path: string): Promise<string> {
  const times: number[] = [];
  for (let tried = 0; tried < tries; tried += 1) {
    const start = performance.now();
    const reply = await page.request.get(path);
    if (!reply.ok()) return `not there: ${reply.status()} |`;
    await reply.body();
    times.push(performance.now() - start);
  }
  const median = times.toSorted((left, right) => left - right)[Math.floor(tries / 2)] ?? 0;
  const loaded: Promise<number>[] = [];
  const count = (response: { body(): Promise<Buffer> }): void => {
    loaded.push(
      response.body().then(
        (body) => body.length,
        () => 0,
      ),
    );
  };
  page.on("response", count);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  page.off("response", count);
  const bytes = z.array(z.number()).parse(await Promise.all(loaded));
  const total = bytes.reduce((sum, size) => sum + size, 0);
  return `${median.toFixed(0)} ms | ${(total / 1024).toFixed(0)} KiB in ${bytes.length} files`;
}
