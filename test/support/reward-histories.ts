// A reward programme, and random histories of an account that has it.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import type { AccountContext } from "../../src/accounts/context.ts";
import { placeRecharge } from "../../src/accounts/place.ts";
import { creditWallet, debitWallet } from "../../src/accounts/wallet-verbs.ts";
import { minor } from "../../src/base/money.ts";
import { openD1 } from "../../src/ledger/client.ts";
import { compareWallets } from "../../src/reconciliation/compare-wallets.ts";
import type { RewardProgramme } from "../../src/recharges/reward.ts";
import { lookedUp } from "./account-by-hand.ts";
import { caller, newOrder, request, type TestAccount } from "./sandbox.ts";

const day = 86_400_000;
export const programme: RewardProgramme = {
  points: [{ product: "*", kind: "basis_points", basisPoints: 50 }],
  levels: [{ id: 1, key: "silver", fromHundredths: 10 }],
  offers: [
    {
      id: "summer",
      product: "in.airtel.prepaid",
      currency: "INR",
      faceFrom: minor(1_000),
      faceTo: minor(100_000),
      startsAt: Date.now() - day,
      endsAt: Date.now() + day,
      perRecharge: null,
      perPartner: minor(1_000),
      kind: "basis_points",
      basisPoints: 500,
    },
  ],
  budgets: [],
};
/** An order that is placed and pending; gives the counter of its attempt. */
export async function placePending(context: AccountContext, face = 2_000): Promise<number> {
  const placed = await placeRecharge(context, request(newOrder({ amount: minor(face) })));
  if (!placed.ok) throw new Error(placed.problem.code);
  return context.recharges.findByAgentId(placed.value.recharge.agentId)?.attempts[0] ?? 0;
}

export type Step =
  | { readonly kind: "place"; readonly face: number }
  | { readonly kind: "succeed" | "fail" | "reverse"; readonly pick: number }
  | { readonly kind: "credit" | "debit"; readonly amount: number };

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("place" as const), face: fc.integer({ min: 10, max: 100 }) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom("succeed" as const, "succeed" as const, "fail" as const, "reverse" as const),
        pick: fc.nat(20),
      }),
    },
    fc.record({
      kind: fc.constantFrom("credit" as const, "debit" as const),
      amount: fc.integer({ min: 1, max: 12_000 }),
    }),
  ),
  { minLength: 5, maxLength: 25 },
);

/** Plays one step; what the account refuses is left out. */
export async function play(context: AccountContext, step: Step): Promise<void> {
  if (step.kind === "place") {
    const wallet = context.book.findWallet("INR");
    if ((wallet?.balance ?? 0) >= step.face * 100) await placePending(context, step.face * 100);
    return;
  }
  if ("amount" in step) {
    const externalReference = crypto.randomUUID();
    const movement = { currency: "INR", amount: minor(step.amount), reason: "test", externalReference, staff: "test" };
    return void (step.kind === "credit" ? creditWallet : debitWallet)(context, { ...movement, currency: "INR" });
  }
  const wanted = step.kind === "reverse" ? "succeeded" : "pending";
  const all = Array.from({ length: 25 }, (_, index) => context.recharges.find(index + 1));
  const open = all.filter((recharge) => recharge?.state === wanted);
  const attempt = open[step.pick % Math.max(open.length, 1)]?.attempts[0];
  if (attempt !== undefined) lookedUp(context, attempt, step.kind === "succeed" ? "success" : "failure");
}

export const database = openD1(env.DB);

export async function typesOf(account: TestAccount): Promise<readonly string[]> {
  const read = await account.readEvents(caller, { after: 0, limit: 500 });
  return read.ok ? read.value.events.map((event) => event.type) : [];
}

/** Figures of the account and the ledger at the same event, with all sums. */
export async function differences(account: TestAccount): Promise<unknown> {
  const figures = await account.readFigures({ withPending: true });
  if (figures === null) throw new Error("no account");
  return compareWallets(database, { figures, withSums: true, now: Date.now() });
}
