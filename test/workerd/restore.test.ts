// An account's object is lost and comes back from a copy that staff took, and its old events leave it: through the Worker, with D1 and R2.
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reconcileNow } from "../../src/services/scheduled.ts";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../support/api-journey.ts";
import { loseAccount } from "../support/lose-account.ts";
import {
  accountOf,
  executions,
  expectInvariants,
  newOrder,
  request,
  skipTime,
  until,
  useSimulator,
} from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => void vi.useRealTimers());

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

test("an account that comes back behind the ledger takes no recharge and is told of, until staff have it healed", async () => {
  const partner = await newPartner();
  const copied = await askStaff(`/partners/${partner.id}/copies`, undefined, "POST");
  const lost = orderBody();
  const first = rechargeIn(await ask(partner.key, "/v1/recharges", { body: lost }));
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
  const healed = await askStaff(`/partners/${partner.id}/heal`, undefined, "POST");
  expect(healed).toMatchObject({ status: 200, body: { behind: true, from: 1, to: 3, unsure: 0 } });
  const again = await ask(partner.key, "/v1/recharges", { body: lost });
  expect([again.status, rechargeIn(again).id, rechargeIn(again).state]).toEqual([200, first.id, "succeeded"]);
  expect(await executions(lost.number)).toBe(1);
  expect((await ask(partner.key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
  await shipped(partner.account);
  await expectInvariants(accountOf(partner.account));
  expect(await reconcileNow(env, true)).toMatchObject({ differences: 0, forgotten: 0, faults: 0 });
  expect((await askStaff(`/partners/${partner.id}/heal`, undefined, "POST")).body).toMatchObject({ behind: false });
});

const kept = (account: number) =>
  runInDurableObject(
    accountOf(account),
    (_object, { storage }) => storage.sql.exec<{ count: number }>("select count(*) as count from events").one().count,
  );

test("events that left the account are the same list, page by page and letter by letter", async () => {
  const partner = await newPartner({ balance: "5000.00" });
  const account = accountOf(partner.account);
  const stopped = { endpointId: "whe_1", state: "paused", cause: "failing" } as const;
  const orders = Array.from({ length: 60 }, () => newOrder());
  const placed = await Promise.all(
    orders.map((order) => account.place({ ...request(order), caller: callerOf(partner) })),
  );
  expect(placed.every((one) => one.ok)).toBe(true);
  await Promise.all(Array.from({ length: 400 }, () => account.noteWebhookStopped(stopped)));
  await shipped(partner.account);
  const readAll = async (limit: number) => {
    const pages: string[] = [];
    for (let after = 0, next = -1; next !== after; ) {
      if (next >= 0) after = next;
      // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
      const { body } = await ask(partner.key, `/v1/events?after=${after}&limit=${limit}`);
      pages.push(JSON.stringify(body));
      next = Number(/"next_after":(\d+)/.exec(pages.at(-1) ?? "")?.[1]);
    }
    return pages;
  };
  const before = [await readAll(500), await readAll(77)];
  expect(before[0]?.join("").match(/"number":\d+,"type"/g)?.length).toBe(521);
  expect(await kept(partner.account)).toBe(521);
  skipTime(91 * 24 * 3_600_000);
  await account.sweep(null);
  await until(() => kept(partner.account), 22, 15_000);
  expect([await readAll(500), await readAll(77)]).toEqual(before);
  const page = await env.ARCHIVE.get(`events/${partner.id}/000000000001.ndjson`);
  expect((await page?.text())?.trimEnd().split("\n").length).toBe(500);
  const [first] = orders;
  const again = first && (await account.place({ ...request(first), caller: callerOf(partner) }));
  expect(again).toMatchObject({ ok: true, value: { isReplay: true } });
  await expectInvariants(account);
}, 30_000);

function callerOf({ keyId }: { readonly keyId: string }) {
  return { keyId, mode: "sandbox" } as const;
}
