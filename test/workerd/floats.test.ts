// Through the Worker: our money at the providers compared with what they say, and a provider left out while it is low.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { minor } from "../../src/base/money.ts";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../support/api-journey.ts";
import { accountOf, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

const backnpay = "backnpay-sandbox";
const floatSchema = z.looseObject({
  provider: z.string(),
  balance: z.string().nullable(),
  checks: z.array(
    z.object({ checked_at: z.string(), finding: z.string(), difference: z.string().nullable(), open: z.string() }),
  ),
});
const floatsSchema = z.object({ floats: z.array(floatSchema) });

/** The newest comparison of backnpay's float, after a thorough run. */
async function compared() {
  expect((await askStaff("/reconcile", undefined, "POST")).body).toMatchObject({ kind: "done", faults: 0 });
  const { floats } = floatsSchema.parse((await askStaff("/floats")).body);
  const float = floats.find(({ provider }) => provider === backnpay);
  return { ...float?.checks[0], balance: float?.balance, checks: float?.checks.length };
}

/** Somebody else moves our wallet at the provider, minor units. */
async function moveUpstream(change: number): Promise<void> {
  await runInDurableObject(env.JOURNAL.getByName("upstreams"), (_journal, { storage }) => {
    storage.sql.exec("UPDATE wallets SET balance = balance + ? WHERE account = 'sim-user'", change);
    expect(storage.sql.exec("SELECT changes() AS changes").one()["changes"]).toBe(1);
  });
}

async function routeOf(partner: TestPartner): Promise<readonly string[]> {
  const placed = await ask(partner.key, "/v1/recharges", { body: orderBody({ number: newNumber("00") }) });
  const attempts = await accountOf(partner.account).readAttempts(rechargeIn(placed).id);
  return attempts.map((attempt) => attempt.provider);
}

it("agrees with the book, waits for what is open, and tells staff of what nobody can explain until they accept it", async () => {
  const partner = await newPartner();
  const twoPercent = { face: minor(10_000), commission: minor(200) };
  await env.PROVIDER_DESK.getByName(backnpay).keepSegments({ kind: "commissions", seen: [twoPercent] });
  await routeOf(partner);
  expect(await compared()).toMatchObject({ finding: "baseline", difference: null });
  for (const number of [newNumber("00"), newNumber("00"), newNumber("10")])
    await ask(partner.key, "/v1/recharges", { body: orderBody({ number }) });
  expect(await compared()).toMatchObject({ finding: "agrees", difference: "0.00" });
  const open = orderBody({ number: newNumber("35"), amount: "50.00" });
  await ask(partner.key, "/v1/recharges", { body: open, headers: { Prefer: "respond-async" } });
  await until(async () => (await compared()).difference, "-49.00");
  expect(await compared()).toMatchObject({ finding: "in_flight", open: "50.00" });
  await moveUpstream(-10_000);
  const seen = await compared();
  expect(seen).toMatchObject({ finding: "differs", difference: "-149.00" });
  const accept = `/floats/${backnpay}/accept`;
  const { counters } = z
    .object({ counters: z.array(z.looseObject({ name: z.string(), count: z.int() })) })
    .parse((await askStaff("/counters")).body);
  expect(counters.find(({ name }) => name === "float_differs")?.count).toBeGreaterThanOrEqual(1);
  const newest = await compared();
  expect(newest).toMatchObject({ finding: "differs", difference: "-149.00" });
  const reason = "their fee";
  expect((await askStaff(accept, { checked_at: seen.checked_at, reason })).status, "not what is there now").toBe(422);
  expect((await askStaff(accept, { checked_at: newest.checked_at, reason })).status).toBe(200);
  expect(await compared()).toMatchObject({ finding: "agrees", difference: "0.00" });
  expect((await askStaff("/floats/nobody/accept", { checked_at: "2026-11-02T10:00:00Z", reason: "none" })).status).toBe(
    404,
  );
}, 15_000);

it("leaves a provider out while its float is below what staff keep back, and takes it back once it was topped up", async () => {
  const partner = await newPartner();
  await routeOf(partner);
  const { balance } = await compared();
  const floor = (Number(balance) - 10).toFixed(2);
  const set = await askStaff(`/floats/${backnpay}`, { floor }, "PUT");
  expect(set.body).toMatchObject({ provider: backnpay, floor });
  expect(await routeOf(partner)).toEqual(["aopay-sandbox"]);
  await moveUpstream(100_000);
  await compared();
  expect(await routeOf(partner)).toEqual([backnpay]);
  expect((await askStaff(`/floats/${backnpay}`, { floor: null, balance: "1.00" }, "PUT")).body).toMatchObject({
    floor: null,
    balance: "1.00",
  });
  expect((await askStaff("/floats/nobody", { floor: null }, "PUT")).status).toBe(404);
});
