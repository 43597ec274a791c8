// Through the Worker, with a ration of lookups that is nearly spent: what is dear and old is asked about first.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { ask, newPartner, orderBody, type TestPartner } from "../support/api-journey.ts";
import { accountOf, expectInvariants, newNumber, readState, sendToSimulator, until } from "../support/sandbox.ts";

const dayMs = 86_400_000;
const lookupsPerDay = 250_000;

/** Leaves one lookup less than may be spent by now; another one may be every 0.7 s. */
async function spendRation(): Promise<void> {
  await runInDurableObject(env.PROVIDER_DESK.getByName("backnpay-sandbox"), (_desk, { storage }) => {
    const now = Date.now();
    const allowed = Math.ceil(lookupsPerDay * (0.5 + (now % dayMs) / dayMs / 2));
    const spent = [Math.floor(now / dayMs), allowed + 1] as const;
    storage.sql.exec("INSERT OR REPLACE INTO lookups (id, day, scheduled, hinted) VALUES (1, ?, ?, 0)", ...spent);
  });
}

/** Our references in the order in which the provider was asked about them. */
function watchLookups(): string[] {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const sent = new Request(input, init);
    const text = `${new URL(sent.url).search}&${sent.method === "POST" ? await sent.clone().text() : ""}`;
    const reference = /csagentid=([0-9A-Z]+)/.exec(text)?.[1];
    if (reference !== undefined) asked.push(reference);
    return sendToSimulator(sent);
  });
  return asked;
}

/** Places an order whose answer is lost, and gives our reference of it. */
async function lose(partner: TestPartner, amount: string): Promise<{ agentId: string; reference: string }> {
  const body = orderBody({ number: newNumber("40"), amount });
  const placed = await ask(partner.key, "/v1/recharges", { body, headers: { Prefer: "respond-async" } });
  expect(placed.body).toMatchObject({ state: "pending" });
  const [attempt] = await accountOf(partner.account).readAttempts((placed.body as { id: string }).id);
  return { agentId: body.agent_id, reference: attempt?.reference ?? "" };
}

it("spends a scarce ration on money at risk × age, and settles everything as it is renewed", async () => {
  const asked = watchLookups();
  const partners = await Promise.all([newPartner(), newPartner(), newPartner()]);
  const [first, second, third] = partners;
  await spendRation();
  const old = await lose(first, "90.00");
  const { promise: older, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 500);
  await older;
  const cheap = await lose(second, "10.00");
  const middle = await lose(third, "50.00");
  const dear = await lose(first, "100.00");
  const lost = [old, dear, middle, cheap];
  await until(async () => new Set(asked).size, lost.length, 10_000);
  expect([...new Set(asked)]).toEqual(lost.map(({ reference }) => reference));
  for (const [account, { agentId }] of [
    [first, old],
    [first, dear],
    [third, middle],
    [second, cheap],
  ] as const)
    await until(() => readState(accountOf(account.account), agentId), "succeeded");
  for (const partner of partners) await expectInvariants(accountOf(partner.account));
}, 20_000);
