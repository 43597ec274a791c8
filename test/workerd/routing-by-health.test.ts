// Through the Worker: who gets the next recharge when staff switch a provider off, and when its breaker opens and tries again.
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../support/api-journey.ts";
import { accountOf, executions, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

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

async function halfOpened(): Promise<void> {
  const { breaker } = await desk().readDesk();
  await until(async () => Date.now() >= (breaker.trippedUntil ?? 0), true);
}

it("avoids a provider from the very next recharge after staff switched it off, whatever the partner and the number", async () => {
  const partners = await Promise.all([newPartner(), newPartner()]);
  const routes = () => Promise.all(partners.flatMap((partner) => Array.from({ length: 12 }, () => routeOf(partner))));
  expect(new Set((await routes()).flat())).toEqual(new Set(["backnpay-sandbox"]));
  await switchOff(true);
  expect(new Set((await routes()).flat())).toEqual(new Set(["aopay-sandbox"]));
  await switchOff(false);
  expect(new Set((await routes()).flat())).toEqual(new Set(["backnpay-sandbox"]));
});

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
  await halfOpened();
  const routes = await Promise.all(partners.flatMap((partner) => Array.from({ length: 8 }, () => routeOf(partner))));
  expect(routes.filter((route) => route.includes("backnpay-sandbox"))).toHaveLength(1);
  await until(async () => (await desk().readDesk()).breaker.trippedUntil, null);
  expect(await routeOf(partners[1])).toEqual(["backnpay-sandbox"]);
});

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
  expect(await routeOf(partner)).toEqual(["backnpay-sandbox"]);
  await until(async () => (await desk().readDesk()).breaker.trippedUntil, null);
});
