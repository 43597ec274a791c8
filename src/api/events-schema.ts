// Events on the wire: what a partner sees of the numbered facts of its account.
import { z } from "@hono/zod-openapi";
import { unreachable } from "../base/assert.ts";
import { currencies, formatAmount } from "../base/money.ts";
import type { Currency, Minor } from "../base/money.ts";
import { type DisputeFacts, dispositions } from "../recharges/dispute.ts";
import { caseKinds } from "../recharges/events.ts";
import type { AccountEvent, EventType, RulingFacts } from "../recharges/events.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { WebhookStopped } from "../webhooks/delivery.ts";
import { eventRechargeSchema, presentFacts, presentTime } from "./recharge-schema.ts";

export const walletSchema = z
  .object({
    currency: z.enum(currencies),
    balance: z.string().openapi({ description: "What may be spent.", example: "99980.20" }),
    held: z.string().openapi({ description: "Set aside for pending recharges; not in the balance.", example: "19.80" }),
    debt: z.string().openapi({ description: "What is owed; credits pay it first.", example: "0.00" }),
  })
  .openapi("Wallet");

export function presentWallet(wallet: WalletView): z.infer<typeof walletSchema> {
  return {
    currency: wallet.currency,
    balance: formatAmount(wallet.balance),
    held: formatAmount(wallet.held),
    debt: formatAmount(wallet.debt),
  };
}

/** Wallets in the order of the list of currencies, wherever they were read. */
export function presentWallets(wallets: readonly WalletView[]): z.infer<typeof walletSchema>[] {
  return inOrder(wallets).map(presentWallet);
}

export function inOrder(wallets: readonly WalletView[]): readonly WalletView[] {
  return wallets.toSorted((a, b) => currencies.indexOf(a.currency) - currencies.indexOf(b.currency));
}

const eventTypes = {
  "recharge.placed": true,
  "recharge.succeeded": true,
  "recharge.failed": true,
  "recharge.reversed": true,
  "recharge.case_opened": true,
  "recharge.case_ruled": true,
  "wallet.credited": true,
  "wallet.debited": true,
  "debt.opened": true,
  "debt.paid": true,
  "reward.points_earned": true,
  "reward.points_unwound": true,
  "reward.level_reached": true,
  "reward.level_unwound": true,
  "reward.cashback_paid": true,
  "reward.cashback_unwound": true,
  "dispute.opened": true,
  "dispute.won": true,
  "dispute.lost": true,
  "account.low_balance": true,
  "account.webhook_stopped": true,
} as const satisfies Record<EventType, true>;

const moneySchema = z.object({ amount: z.string(), currency: z.enum(currencies) });

const pointsSchema = z.string().openapi({ description: "Points, with two decimals.", example: "0.10" });

const rewardSchema = z.object({
  recharge_id: z.string(),
  points: pointsSchema.optional(),
  points_total: pointsSchema.optional(),
  level: z
    .object({ id: z.int(), key: z.string() })
    .nullable()
    .optional()
    .openapi({ description: "The level after the event; null: none is reached." }),
  offer: z.string().optional(),
  cashback: moneySchema.optional(),
});

export const eventSchema = z
  .object({
    number: z.int().openapi({ description: "1, 2, 3 … per account, without a gap." }),
    type: z.enum(Object.keys(eventTypes)).openapi({ description: "New types may be added." }),
    at: z.string().openapi({ format: "date-time" }),
    wallet: walletSchema.openapi({ description: "The wallet after the event." }),
    recharge: eventRechargeSchema.optional(),
    case: z.enum(caseKinds).optional(),
    movement: moneySchema.extend({ reason: z.string(), external_reference: z.string() }).optional(),
    debt: moneySchema.extend({ recharge_id: z.string().nullable() }).optional(),
    ruling: z
      .object({ word: z.enum(["success", "failure"]), reason: z.string() })
      .optional()
      .openapi({
        description: "What two of our people decided, and why. Left out where evidence has settled the case.",
      }),
    dispute: z
      .object({
        recharge_id: z.string(),
        number: z.int(),
        disposition: z.enum(Object.keys(dispositions)),
        comment: z.string(),
        reason: z.string().nullable(),
      })
      .optional(),
    reward: rewardSchema.optional(),
    webhook: z
      .object({
        endpoint_id: z.string(),
        state: z.enum(["paused", "disabled"]),
        cause: z.enum(["failing", "gone"]),
      })
      .optional()
      .openapi({ description: "An endpoint of yours that gets nothing more until you make it active." }),
  })
  .openapi("Event");

export function presentEvent(event: AccountEvent): z.infer<typeof eventSchema> {
  const same = {
    number: event.number,
    type: event.type,
    at: presentTime(event.at),
    wallet: presentWallet(event.wallet),
  };
  switch (event.type) {
    case "recharge.placed":
    case "recharge.succeeded":
    case "recharge.failed":
    case "recharge.reversed":
      return { ...same, recharge: presentFacts(event.recharge) };
    case "recharge.case_ruled":
      return { ...same, recharge: presentFacts(event.recharge), ...presentRuling(event.ruling) };
    case "recharge.case_opened":
      return { ...same, recharge: presentFacts(event.recharge), case: event.case };
    case "wallet.credited":
    case "wallet.debited": {
      const { reason, externalReference } = event.movement;
      return { ...same, movement: { ...presentMoney(event.movement), reason, external_reference: externalReference } };
    }
    case "debt.opened":
    case "debt.paid":
      return { ...same, debt: { ...presentMoney(event.debt), recharge_id: event.debt.rechargeId } };
    case "reward.points_earned":
    case "reward.points_unwound":
      return { ...same, reward: presentPoints(event.reward) };
    case "reward.level_reached":
    case "reward.level_unwound":
      return { ...same, reward: { recharge_id: event.reward.rechargeId, level: event.reward.level } };
    case "reward.cashback_paid":
    case "reward.cashback_unwound": {
      const { rechargeId, offer } = event.reward;
      return { ...same, reward: { recharge_id: rechargeId, offer, cashback: presentMoney(event.reward) } };
    }
    case "dispute.opened":
    case "dispute.won":
    case "dispute.lost":
      return { ...same, dispute: presentDispute(event.dispute) };
    case "account.low_balance":
      return same;
    case "account.webhook_stopped":
      return { ...same, webhook: presentStopped(event.webhook) };
    default:
      return unreachable(event);
  }
}

/** Who ruled is not the partner's business; null: evidence has settled the case. */
function presentRuling(ruling: RulingFacts | null) {
  return ruling === null ? {} : { ruling: { word: ruling.word, reason: ruling.reason } };
}

function presentDispute({ rechargeId, number, disposition, comment, reason }: DisputeFacts) {
  return { recharge_id: rechargeId, number, disposition, comment, reason };
}

function presentStopped({ endpointId, state, cause }: WebhookStopped) {
  return { endpoint_id: endpointId, state, cause };
}

function presentMoney({ amount, currency }: { readonly amount: Minor; readonly currency: Currency }) {
  return { amount: formatAmount(amount), currency };
}

function presentPoints(reward: {
  readonly rechargeId: string;
  readonly pointsHundredths: number;
  readonly totalHundredths: number;
}) {
  const { rechargeId, pointsHundredths, totalHundredths } = reward;
  const points = { points: formatPoints(pointsHundredths), points_total: formatPoints(totalHundredths) };
  return { recharge_id: rechargeId, ...points };
}

/** Hundredths of a point as a decimal string. */
export function formatPoints(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
