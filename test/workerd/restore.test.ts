// An account's object is lost and comes back from a copy that staff took: through the Worker, with D1.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { reconcileNow } from "../../src/services/scheduled.ts";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../support/api-journey.ts";
import { loseAccount } from "../support/lose-account.ts";
import { accountOf, executions, expectInvariants, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

async function shipped(account: number): Promise<void> {
  await until(async () => (await accountOf(account).sweep(null)).standing?.unshippedAt === null, true);
}

test("a lost account comes back: the same agent id is the same recharge, sent once, and the books agree", async () => {
  const partner = await newPartner();
  const body = orderBody();
  const first = rechargeIn(await ask(partner.key, "/v1/recharges", { body }));
  await shipped(partner.account);
  const copied = await askStaff(`/partners/${partner.id}/copies`, undefined, "POST");
  expect(copied.status).toBe(200);
  expect((await askStaff(`/partners/${partner.id}/copies`, copied.body, "PUT")).status).toBe(422);
  await loseAccount(partner.account);
  // The scheduled run tells the empty object its profile, and the next one finds the ledger ahead: nobody calls it a failure.
  await reconcileNow(env, false);
  await reconcileNow(env, false);
  expect((await ask(partner.key, "/v1/recharges", { body })).body).toMatchObject({ state: "pending", id: null });
  const back = await askStaff(`/partners/${partner.id}/copies`, copied.body, "PUT");
  expect(back.body).toMatchObject({ held: false });
  const again = await ask(partner.key, "/v1/recharges", { body });
  expect([again.status, rechargeIn(again).id, rechargeIn(again).state]).toEqual([200, first.id, "succeeded"]);
  expect(await executions(body.number)).toBe(1);
  expect((await ask(partner.key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
  await shipped(partner.account);
  await expectInvariants(accountOf(partner.account));
  expect(await reconcileNow(env, true)).toMatchObject({ differences: 0, forgotten: 0, faults: 0 });
});

test("an account that comes back behind the ledger takes no recharge, books nothing twice, and is told of", async () => {
  const partner = await newPartner();
  const copied = await askStaff(`/partners/${partner.id}/copies`, undefined, "POST");
  await ask(partner.key, "/v1/recharges", { body: orderBody() });
  await shipped(partner.account);
  await loseAccount(partner.account);
  expect((await askStaff(`/partners/${partner.id}/copies`, copied.body, "PUT")).body).toMatchObject({ held: true });
  const asked = await ask(partner.key, "/v1/recharges", { body: orderBody() });
  expect(asked.body).toMatchObject({ state: "pending", retry: "same_reference" });
  await reconcileNow(env, false);
  const { body } = await askStaff("/alerts");
  expect(body).toMatchObject({
    alerts: expect.arrayContaining([expect.objectContaining({ rule: "account_gone_back" })]),
  });
});
