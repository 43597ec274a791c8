// Orders, claims and answers that the guard's tests start from.
import { minor } from "../../../src/base/money.ts";
import type { SwitchInShard } from "../../../src/numbers/candidates.ts";
import { emptyRecord } from "../../../src/numbers/number-guard.ts";
import type {
  ClaimDecision,
  ClaimQuestion,
  HashedClaim,
  KeptClaim,
  NumberRecord,
} from "../../../src/numbers/number-guard.ts";
import type { ClaimConfirmation } from "../../../src/recharges/ports.ts";

export const windowMs = 900_000;
export const dayMs = 86_400_000;
export const rules = { repeatWindowMs: windowMs, velocityWindowMs: dayMs, velocityPerDay: 3 };
export const now = 1_800_000_000_000;

export const order: HashedClaim = {
  numberHash: "ab",
  product: "in.airtel.prepaid",
  amount: minor(2000),
  account: 1,
  agentId: "A-2",
  candidates: [
    { provider: "first", repeatWindowMs: windowMs },
    { provider: "second", repeatWindowMs: null },
  ],
  replaces: null,
};
export const kept: KeptClaim = {
  serial: 1,
  amount: minor(2000),
  account: 1,
  agentId: "A-1",
  at: now - 60_000,
  isOpen: true,
  provider: "third",
};
export const closed: SwitchInShard = {
  provider: "first",
  isOff: false,
  trippedUntil: null,
  float: null,
  version: 1,
  probedUntil: null,
};
export const earlier = (state: "pending" | "succeeded" | "failed" | "reversed") => ({
  id: "rch_1",
  agentId: "A-1",
  state,
});
export const pending: ClaimConfirmation = { holds: true, earlier: earlier("pending"), blocksUntil: null };
export const inProgress: ClaimConfirmation = { holds: true, earlier: null, blocksUntil: null };
export const succeededUntil = (blocksUntil: number): ClaimConfirmation => ({
  holds: true,
  earlier: earlier("succeeded"),
  blocksUntil,
});
export const gone: ClaimConfirmation = { holds: false, earlier: earlier("failed"), blocksUntil: null };

export const recordOf = (...claims: readonly KeptClaim[]): NumberRecord => ({
  serial: Math.max(0, ...claims.map((claim) => claim.serial)),
  claims,
  sends: [],
});
export const question = (more: Partial<ClaimQuestion>): ClaimQuestion => ({
  record: emptyRecord,
  request: order,
  answers: new Map(),
  switches: new Map(),
  probes: new Map(),
  order: {},
  codes: {},
  now,
  rules,
  ...more,
});
export const answered = (confirmation: ClaimConfirmation | null) => new Map([[1, confirmation]]);
export const taken = (decision: ClaimDecision) => {
  if (decision.kind !== "take") throw new Error(`not taken: ${JSON.stringify(decision)}`);
  return decision;
};
