// Balance segments through the whole Worker: recharges at nurr whose answers are lost, quiet moments, and what the journal says.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "./api-journey.ts";
import { accountOf, expectInvariants, newBangladeshNumber, sendToSimulator, until } from "./sandbox.ts";

export const provider = "/providers/nurr-sandbox";
/** After so long (`fast-settings.ts`) nothing that was lost moves the balance any more. */
const calmMs = 7_000;

const realNow = Date.now;
let ahead = 0;

/** The clock of every object goes on from where the last test left it: wallets have a history. */
export function useClock(): void {
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
}

export function skip(ms: number): void {
  ahead += ms;
}

/** Runs what the account has planned until now; its alarm goes by the real clock. */
export async function wake(partner: TestPartner): Promise<void> {
  await runDurableObjectAlarm(accountOf(partner.account));
}

export async function newSeller(): Promise<TestPartner> {
  const partner = await newPartner({ balance: "0.00" });
  for (const currency of ["BDT", "INR"]) {
    const credit = { currency, amount: "1000000.00", reason: "opening", external_reference: `opening-${currency}` };
    await askStaff(`/partners/${partner.id}/credits`, credit);
  }
  return partner;
}

export interface Sold {
  readonly id: string;
  readonly number: string;
  readonly state: string;
}

/** A recharge of this amount whose call has ended; the last two digits of the number script the simulator. */
export async function sell(partner: TestPartner, suffix: string, amount = "20.00"): Promise<Sold> {
  return sellTo(partner, newBangladeshNumber(suffix), amount);
}

export async function sellTo(
  partner: TestPartner,
  number: string,
  amount: string,
  product = "bd.grameenphone.prepaid",
): Promise<Sold> {
  const body = orderBody({ product, number, amount });
  const headers = { Prefer: "respond-async" };
  const { id } = rechargeIn(await ask(partner.key, "/v1/recharges", { body, headers }));
  await until(async () => (await accountOf(partner.account).readAttempts(id))[0]?.state !== "sent", true);
  const { state } = rechargeIn(await ask(partner.key, `/v1/recharges/${id}`));
  return { id, number, state };
}

/** What was lost becomes final; then one call alone, whose balances are an anchor, becomes old enough to count. */
export async function quietCall(partner: TestPartner): Promise<void> {
  skip(calmMs);
  expect((await sell(partner, "00")).state).toBe("succeeded");
  skip(250);
}

export async function declare(...kinds: ("exclusive" | "refund_free")[]): Promise<void> {
  for (const kind of kinds)
    expect((await askStaff(`${provider}/declarations`, { kind, reason: "ours alone" })).status).toBe(200);
}

/** Ends what an earlier test declared, so that this one begins anew. */
export async function withdrawAll(): Promise<void> {
  for (const kind of ["exclusive", "refund_free"])
    expect((await askStaff(`${provider}/declarations/${kind}/withdraw`, { reason: "another test" })).status).toBe(200);
}

const judgedSchema = z.looseObject({
  kind: z.string(),
  settled: z.int().optional(),
  withdrawn: z.string().nullable().optional(),
  segments: z
    .array(
      z.looseObject({ judgement: z.string(), missing: z.array(z.string()), words: z.string(), sketch: z.string() }),
    )
    .optional(),
});

export async function judge(): Promise<z.infer<typeof judgedSchema>> {
  const judged = await askStaff(`${provider}/segments`, undefined, "POST");
  expect(judged.status).toBe(200);
  return judgedSchema.parse(judged.body);
}

export async function moveUpstream(change: string): Promise<void> {
  const body = JSON.stringify({ account: "sim-key", change });
  expect((await sendToSimulator("http://simulator.test/wallets", { method: "POST", body })).status).toBe(204);
}

const rechargeSchema = z.looseObject({ state: z.string(), has_open_case: z.boolean() });

export async function stateOf(partner: TestPartner, { id }: Sold): Promise<string> {
  const { state, has_open_case: isCase } = rechargeSchema.parse((await ask(partner.key, `/v1/recharges/${id}`)).body);
  return isCase ? `${state}, case` : state;
}

/** What the upstream kept: executed and not given back. */
export async function wasKept({ number }: Sold): Promise<boolean> {
  const entries = await env.JOURNAL.getByName("upstreams").readEntries({
    reference: null,
    number,
    after: 0,
    limit: 10,
  });
  expect(entries.length).toBeLessThanOrEqual(1);
  return entries.some(({ executions, refunded, reversed }) => executions === 1 && !refunded && !reversed);
}

/** States that contradict the upstream's own journal: there are never any. What is pending is a case with its money held. */
export async function wrongOnes(partner: TestPartner, sold: readonly Sold[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of sold) {
    const [state, isKept] = [await stateOf(partner, one), await wasKept(one)];
    const isHeld = state === "pending, case";
    if (!isHeld && state.replace(", case", "") !== (isKept ? "succeeded" : "failed"))
      wrong.push(`${one.number} ${state}, kept: ${isKept}`);
  }
  await expectInvariants(accountOf(partner.account));
  return wrong;
}

/** Lets the simulator do its work, and keeps back what becomes of the first calls until so many are on their way. */
export function answerTogether(calls: number): void {
  const { promise: allSent, resolve } = Promise.withResolvers<void>();
  let sent = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    sent += 1;
    if (sent >= calls) resolve();
    try {
      return await sendToSimulator(input, init);
    } finally {
      await allSent;
    }
  });
}
