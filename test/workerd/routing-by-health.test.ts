// Through the Worker: who gets the next recharge when staff switch a provider off, and when its breaker opens and tries again.
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../support/api-journey.ts";
import { accountOf, executions, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

const healthSchema = z.object({ health: z.array(z.object({ provider: z.string() })) });

const desk = () => env.PROVIDER_DESK.getByName("backnpay-sandbox");

/** Which providers were sent a new order, in order. */
async function routeOf(partner: TestPartner, number = newNumber("00")): Promise<readonly string[]> {
  const placed = await ask(partner.key, "/v1/recharges", { body: orderBody({ number }) });
  expect([201, 202]).toContain(placed.status);
  const attempts = await accountOf(partner.account).readAttempts(rechargeIn(placed).id);
  return attempts.map((attempt) => attempt.provider);
}

async function switchOff(isOff: boolean): Promise<void> {
  expect((await askStaff("/providers/backnpay-sandbox", { is_off: isOff }, "PUT")).status).toBe(204);
}

/** As many doubts in a row as open the breaker; the accounts report them in the same way. */
async function openBreaker(): Promise<void> {
  const at = Date.now();
  await desk().reportOutcomes(Array.from({ length: 1_000 }, () => ({ kind: "in_doubt", at, sentAt: at })));
}

/** Under load the one that tries may go unanswered: then another one tries after a while. */
async function closed(partner: TestPartner): Promise<void> {
  const place = async () => {
    await routeOf(partner);
    return (await desk().readDesk()).breaker.trippedUntil;
  };
  await expect.poll(place, { timeout: 10_000, interval: 200 }).toBeNull();
}

async function halfOpened(): Promise<void> {
  const { breaker } = await desk().readDesk();
  await until(async () => Date.now() >= (breaker.trippedUntil ?? 0), true);
}

it("avoids a provider from the very next recharge after staff switched it off, whatever the partner and the number", async () => {
  const partners = await Promise.all([newPartner(), newPartner()]);
  const routes = () => Promise.all(partners.flatMap((partner) => Array.from({ length: 8 }, () => routeOf(partner))));
  expect(new Set((await routes()).flat())).toEqual(new Set(["backnpay-sandbox"]));
  await switchOff(true);
  expect(new Set((await routes()).flat())).toEqual(new Set(["aopay-sandbox"]));
  await switchOff(false);
  expect(new Set((await routes()).flat())).toEqual(new Set(["backnpay-sandbox"]));
}, 15_000);

it("goes on to the next provider after a refusal of the first, and never to one that is switched off", async () => {
  const partner = await newPartner();
  expect(await routeOf(partner, newNumber("25"))).toEqual(["backnpay-sandbox", "aopay-sandbox"]);
  expect((await askStaff("/providers/aopay-sandbox", { is_off: true }, "PUT")).status).toBe(204);
  expect(await routeOf(partner, newNumber("25"))).toEqual(["backnpay-sandbox"]);
  await askStaff("/providers/aopay-sandbox", { is_off: false }, "PUT");
});

it("tries a provider whose breaker was open with exactly one of many recharges at once, and closes on its success", async () => {
  const partners = await Promise.all([newPartner(), newPartner(), newPartner()]);
  await openBreaker();
  expect(await routeOf(partners[0])).toEqual(["aopay-sandbox"]);
  // What the recharges before came to may have been told meanwhile; then fewer bad ones in a row open it.
  const { inARow } = (await desk().readDesk()).breaker;
  expect(inARow).toBeGreaterThan(900);
  expect((await askStaff("/providers")).body).toMatchObject({
    providers: [
      { id: "backnpay-sandbox", is_off: false, state: { breaker: "open", bad_in_a_row: inARow, lookups_waiting: 0 } },
      { state: { breaker: "closed", tripped_until: null, lookups_left: null } },
      {},
    ],
  });
  await halfOpened();
  const routes = await Promise.all(partners.flatMap((partner) => Array.from({ length: 5 }, () => routeOf(partner))));
  expect(routes.filter((route) => route.includes("backnpay-sandbox"))).toHaveLength(1);
  await closed(partners[0]);
  expect(await routeOf(partners[1])).toEqual(["backnpay-sandbox"]);
}, 15_000);

it("opens again when the one that tries gets no answer", async () => {
  const partner = await newPartner();
  await openBreaker();
  const before = (await desk().readDesk()).breaker.trippedUntil ?? 0;
  await halfOpened();
  const lost = newNumber("40");
  expect(await routeOf(partner, lost)).toEqual(["backnpay-sandbox"]);
  await until(async () => ((await desk().readDesk()).breaker.trippedUntil ?? 0) > before, true);
  expect(await routeOf(partner)).toEqual(["aopay-sandbox"]);
  expect(await executions(lost)).toBe(1);
  await halfOpened();
  await closed(partner);
}, 15_000);

it("shows staff how each provider did, once the ledger knows", async () => {
  const partner = await newPartner();
  const product = "in.idea.prepaid";
  const place = (suffix: string) =>
    ask(partner.key, "/v1/recharges", { body: orderBody({ product, number: newNumber(suffix) }) });
  await Promise.all(["00", "25", "10", "50"].map(place));
  const counts = { attempts: 4, succeeded: 2, failed: 1, declined: 1, reversed: 0, open: 0, doubtful: 1 };
  const rates = { success_rate: 0.5, doubt_rate: 0.25, latency_ms: { p50: expect.any(Number) } };
  const report = {
    known_until: expect.any(String),
    health: [{ provider: "backnpay-sandbox", product, ...counts, ...rates }],
  };
  await expect
    .poll(async () => (await askStaff(`/providers/health?window=15m&product=${product}`)).body, { timeout: 4_000 })
    .toMatchObject(report);
  const one = healthSchema.parse((await askStaff("/providers/backnpay-sandbox/health")).body);
  expect(new Set(one.health.map(({ provider }) => provider))).toEqual(new Set(["backnpay-sandbox"]));
  expect((await askStaff("/providers/health?window=1y")).status).toBe(422);
}, 10_000);
