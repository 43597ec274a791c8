// What a soak run does, drawn from its seed alone: each recharge with its fault and its client, and what befalls the installation.
import type { Currency } from "../../src/base/money.ts";
import { keyedHash } from "../../src/base/signature.ts";
import { drawFault } from "../../src/simulator/faults.ts";
import { type ScriptName, scriptNames, scripts } from "../../src/simulator/script.ts";

/** How a client behaves. Whatever it does, it comes back with the same agent id until it is answered. */
export const manners = ["waits", "asks_later", "impatient", "disconnects", "asks_twice"] as const;
export type Manner = (typeof manners)[number];

/** `ledger_drops`: it committed, and the connection is cut; `ledger_fails_after`: it committed, and answers an error. */
export const incidentKinds = [
  "gateway_killed",
  "upstreams_killed",
  "account_aborted",
  "guard_aborted",
  "desk_aborted",
  "ledger_down",
  "ledger_fails_before",
  "ledger_fails_after",
  "ledger_drops",
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export interface SoakOrder {
  readonly agentId: string;
  /** Index of the partner that asks. */
  readonly partner: number;
  readonly product: string;
  readonly currency: Currency;
  /** Unlike any other of the run; its last two digits are the script's. */
  readonly number: string;
  /** Whole rupees or taka. */
  readonly amount: number;
  readonly script: ScriptName;
  readonly manner: Manner;
  /** When a client that disconnects does, ms after it asked. */
  readonly hangUpAfterMs: number;
}

export interface Incident {
  readonly kind: IncidentKind;
  /** It happens when so many recharges were begun. */
  readonly after: number;
  /** Which object is aborted: taken modulo the number of those that there are. */
  readonly which: number;
  /** How long the ledger is down, ms; how many of its batches fail. */
  readonly amount: number;
}

export interface Schedule {
  readonly orders: readonly SoakOrder[];
  /** By `after`. */
  readonly incidents: readonly Incident[];
}

export const partnerCount = 8;

/** One in so many recharges brings one incident of the kind; at least one of each happens in every run. */
const everyRecharges = {
  gateway_killed: 800,
  upstreams_killed: 4_000,
  account_aborted: 150,
  guard_aborted: 400,
  desk_aborted: 800,
  ledger_down: 1_000,
  ledger_fails_before: 400,
  ledger_fails_after: 200,
  ledger_drops: 400,
} as const satisfies Record<IncidentKind, number>;

/** Indian operators go to backnpay (Jio to aopay first), those of Bangladesh to nurr. */
const products = [
  { product: "in.airtel.prepaid", currency: "INR", prefix: "9", digits: 7 },
  { product: "in.jio.prepaid", currency: "INR", prefix: "8", digits: 7 },
  { product: "bd.grameenphone.prepaid", currency: "BDT", prefix: "017", digits: 6 },
  { product: "bd.robi.prepaid", currency: "BDT", prefix: "018", digits: 6 },
  { product: "in.airtel.prepaid", currency: "INR", prefix: "7", digits: 7 },
] as const;

const faultRate = 0.55;
const faults = scriptNames.filter((name) => name !== "success");

/** Throws for more recharges than there are numbers. */
export function scheduleOf(seed: string, recharges: number): Schedule {
  if (recharges < 1 || recharges > 999_999) throw new Error("a run has 1 to 999999 recharges");
  const orders = Array.from({ length: recharges }, (_, index) => orderOf(seed, index + 1));
  const incidents = incidentKinds.flatMap((kind) => incidentsOf(seed, kind, recharges));
  return { orders, incidents: incidents.toSorted((left, right) => left.after - right.after) };
}

function orderOf(seed: string, ordinal: number): SoakOrder {
  const draw = (what: string, below: number): number => drawBelow(seed, `${what}|${ordinal}`, below);
  const { product, currency, prefix, digits } = pick(products, draw("product", products.length));
  const script = drawFault({ seed, rate: faultRate, kinds: faults }, { key: String(ordinal), attempt: 0 }) ?? "success";
  return {
    agentId: `soak-${ordinal}`,
    partner: draw("partner", partnerCount),
    product,
    currency,
    number: `${prefix}${String(ordinal).padStart(digits, "0")}${scripts[script].suffix}`,
    amount: 10 + draw("amount", 191),
    script,
    manner: draw("well-behaved", 2) === 0 ? "waits" : pick(manners, draw("manner", manners.length)),
    hangUpAfterMs: draw("hang up", 60),
  };
}

function incidentsOf(seed: string, kind: IncidentKind, recharges: number): readonly Incident[] {
  const count = Math.max(1, Math.floor(recharges / everyRecharges[kind]));
  return Array.from({ length: count }, (_, index) => {
    const draw = (what: string, below: number): number => drawBelow(seed, `${kind}|${what}|${index}`, below);
    // One in each stretch of the run, so that they neither bunch nor leave a stretch in peace.
    const stretch = recharges / count;
    return {
      kind,
      after: 1 + Math.floor(index * stretch) + draw("after", Math.max(1, Math.floor(stretch))),
      which: draw("which", 1_000),
      amount: kind === "ledger_down" ? 300 + draw("amount", 700) : 1 + draw("amount", 4),
    };
  });
}

function drawBelow(seed: string, what: string, below: number): number {
  return Math.floor((Number.parseInt(keyedHash(seed, what).slice(0, 8), 16) / 0x1_0000_0000) * below);
}

function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new Error("a draw is within the list");
  return value;
}
