// Staff and cases through the whole Worker: two persons with tokens, a recharge that ends as a case, and its ruling.
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type Reply, type TestPartner } from "./api-journey.ts";
import { readEvidence } from "../../src/accounts/evidence-view.ts";
import { byHand, lookedUp } from "./account-by-hand.ts";
import { placePending } from "./reward-histories.ts";
import { newAccount, newBangladeshNumber, type TestAccount, until } from "./sandbox.ts";

const tokenSchema = z.looseObject({ token: z.string() });

/** A token of a staff member who may rule. */
export async function tokenOf(staff: string): Promise<string> {
  const issued = await askStaff("/staff-tokens", { staff, scopes: ["operator", "finance"] });
  return tokenSchema.parse(issued.body).token;
}

const fileSchema = z.looseObject({ evidence_number: z.int(), case: z.looseObject({ kind: z.string() }).nullable() });

export async function readFile(recharge: string): Promise<z.infer<typeof fileSchema>> {
  return fileSchema.parse((await askStaff(`/recharges/${recharge}/evidence`)).body);
}

/** A partner with 1000.00 in BDT and a key that may do everything. */
export async function newBangladeshPartner(): Promise<TestPartner> {
  const partner = await newPartner({
    scopes: ["recharges:write", "recharges:read", "account:read", "disputes:write"],
  });
  const credit = { currency: "BDT", amount: "1000.00", reason: "opening", external_reference: "opening-bdt" };
  await askStaff(`/partners/${partner.id}/credits`, credit);
  return partner;
}

/** An order at a provider that can never be asked again, which ends as a case of doubt. */
export async function placeDoubtful(partner: TestPartner, suffix: string): Promise<{ id: string; agentId: string }> {
  const body = orderBody({ product: "bd.grameenphone.prepaid", number: newBangladeshNumber(suffix) });
  const placed = rechargeIn(await ask(partner.key, "/v1/recharges", { body, headers: { Prefer: "respond-async" } }));
  await until(async () => (await readFile(placed.id)).case?.kind, "doubt");
  return { id: placed.id, agentId: placed.agent_id };
}

interface Ruling {
  readonly word: "success" | "failure";
  readonly reason?: string;
  readonly seen?: number;
}

export async function propose(token: string, recharge: string, ruling: Ruling): Promise<Reply> {
  const seen = ruling.seen ?? (await readFile(recharge)).evidence_number;
  const body = { reason: "the provider's letter of today", ...ruling, seen };
  return ask(token, `/admin/v1/recharges/${recharge}/rulings`, { body });
}

export async function confirm(token: string, recharge: string, number: number, seen: number): Promise<Reply> {
  return ask(token, `/admin/v1/recharges/${recharge}/rulings/${number}/confirm`, { body: { seen } });
}

const proposalSchema = z.looseObject({ number: z.int(), seen: z.int() });

/** Proposes and confirms. */
export async function rule(tokens: readonly [string, string], recharge: string, ruling: Ruling): Promise<Reply> {
  const { number, seen } = proposalSchema.parse((await propose(tokens[0], recharge, ruling)).body);
  return confirm(tokens[1], recharge, number, seen);
}

/** A recharge of 20.00 that failed, was given back, and of which a lookup then says that it succeeded. */
export async function lateSuccess(balance: number): Promise<{ account: TestAccount; id: string; attempt: number }> {
  const { account } = await newAccount(balance);
  return byHand(account, async (context) => {
    const attempt = await placePending(context);
    lookedUp(context, attempt, "failure");
    lookedUp(context, attempt, "success");
    const recharge = context.recharges.find(context.attempts.find(attempt)?.recharge ?? 0);
    if (recharge === null) throw new Error("no recharge");
    return { account, id: readEvidence(context, recharge).recharge.id, attempt };
  });
}
