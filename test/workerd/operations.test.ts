// What those who watch see of real accounts, desks and ledger: through the Worker, after a scheduled run.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { readPulse } from "../../src/operations/kept.ts";
import { metricsOf } from "../../src/operations/metrics.ts";
import { writeExposition } from "../../src/operations/exposition.ts";
import { reconcileNow } from "../../src/services/scheduled.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful } from "../support/case-journey.ts";
import { readOpenMetrics, sampleOf } from "../support/open-metrics.ts";
import { accountOf, sendToSimulator, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

async function readNow() {
  await reconcileNow(env, false);
  const pulse = await readPulse(env.PROVIDER_DESK.getByName("installation"));
  if (pulse === null) throw new Error("the run kept no pulse");
  return readOpenMetrics(writeExposition(metricsOf(pulse, Date.now())));
}

const isShipped = async (account: number) => (await accountOf(account).sweep(null)).standing?.unshippedAt === null;

test("a recharge in doubt is counted with its age and money until it is decided, and the others by what became of them", async () => {
  const partner = await newPartner();
  expect(sampleOf(await readNow(), "gateway_run_ok")).toBe(1);
  await ask(partner.key, "/v1/recharges", { body: orderBody() });
  const doubtful = await newBangladeshPartner();
  await placeDoubtful(doubtful, "41");
  for (const { account } of [partner, doubtful]) await until(() => isShipped(account), true);
  const families = await readNow();
  const open = { provider: "nurr-sandbox", currency: "BDT", state: "in_doubt" };
  expect(sampleOf(families, "gateway_recharges_open", open)).toBe(1);
  expect(sampleOf(families, "gateway_money_at_risk_minor", open)).toBeGreaterThan(0);
  expect(sampleOf(families, "gateway_recharges_open_oldest_seconds", open)).toBeGreaterThan(0);
  const sold = { provider: "backnpay-sandbox", product: "in.airtel.prepaid", state: "succeeded" };
  expect(sampleOf(families, "gateway_recharges_recent", sold)).toBe(1);
  expect(sampleOf(families, "gateway_outbox_events")).toBe(0);
  expect(sampleOf(families, "gateway_account_largest_bytes")).toBeGreaterThan(4_096);
});

test("the Worker answers with that text", async () => {
  await readNow();
  const reply = await ask(env.BOOTSTRAP_STAFF_TOKEN, "/metrics");
  expect(reply.status).toBe(200);
  expect(sampleOf(readOpenMetrics(z.string().parse(reply.body)), "gateway_ledger_up")).toBe(1);
});

test("a recharge that is too long in doubt is told over the channel, and staff see the alert", async () => {
  await placeDoubtful(await newBangladeshPartner(), "41");
  const secret = `whsec_${btoa("a secret of twenty-four bytes or more")}`;
  const channels = [{ kind: "webhook", name: "hook", url: "https://alerts.test/hook", secret }];
  const told: string[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(async (url, init) => {
    if (new Request(url).url !== "https://alerts.test/hook") return sendToSimulator(url, init);
    told.push(z.string().parse(init?.body));
    return new Response();
  });
  const alerting = { ...env, ALERTS: JSON.stringify({ channels, doubtAgeMs: 1 }) };
  await reconcileNow(alerting, false);
  const types = told.map((body) =>
    z.looseObject({ data: z.looseObject({ rule: z.string() }) }).parse(JSON.parse(body)),
  );
  expect(types.map(({ data }) => data.rule)).toContain("doubt_old");
  const { body } = await askStaff("/alerts");
  expect(body).toMatchObject({
    alerts: expect.arrayContaining([expect.objectContaining({ rule: "doubt_old", subject: "nurr-sandbox" })]),
  });
});
