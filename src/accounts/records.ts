// The account's rows as plain records, and how they are read.
import type { Currency, Minor } from "../base/money.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { AttemptState, Failure, Price, Proof, RechargeState } from "../recharges/recharge.ts";

export interface RechargeRecord extends Price {
  readonly counter: number;
  readonly agentId: string;
  readonly product: string;
  readonly number: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly geocode: string | null;
  /** Counter of the recharge that this one repeats on purpose. */
  readonly repeatOf: number | null;
  readonly state: RechargeState;
  readonly proof: Proof | null;
  readonly operatorReference: string | null;
  readonly failure: Failure | null;
  /** Counters of its attempts, oldest first. */
  readonly attempts: readonly number[];
  /** Day of creation in the wallet's zone, for the day's limit. */
  readonly day: number;
  readonly event: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface AttemptRecord {
  readonly counter: number;
  readonly recharge: number;
  readonly provider: string;
  readonly state: AttemptState;
  readonly startedAt: number;
  readonly startBy: number;
  readonly theirReference: string | null;
  readonly providerCommission: Minor | null;
  readonly lookups: number;
}

export interface OpenRecord {
  readonly attempt: number;
  readonly recharge: number;
  /** Epoch ms of the next step; null: a person has it and nothing can be asked. */
  readonly dueAt: number | null;
}

/** The columns of `recharges` under the names of the record; JSON columns are still text. */
export const rechargeColumns = `recharges.counter, agent_id as agentId, product, number, fields, geocode, face,
  commission, cost, currency, plan_version as planVersion, repeat_of as repeatOf, state, proof,
  operator_reference as operatorReference, failure, attempts, day, event, created_at as createdAt,
  updated_at as updatedAt`;

export type RechargeRow = {
  counter: number;
  agentId: string;
  product: string;
  number: string;
  fields: string;
  geocode: string | null;
  face: Minor;
  commission: Minor;
  cost: Minor;
  currency: Currency;
  planVersion: number;
  repeatOf: number | null;
  state: RechargeState;
  proof: Proof | null;
  operatorReference: string | null;
  failure: string | null;
  attempts: string;
  day: number;
  event: number;
  createdAt: number;
  updatedAt: number;
};

export function readRecharge(row: RechargeRow): RechargeRecord {
  return {
    ...row,
    fields: JSON.parse(row.fields),
    failure: row.failure === null ? null : JSON.parse(row.failure),
    attempts: JSON.parse(row.attempts),
  };
}

export const attemptColumns = `counter, recharge, provider, state, started_at as startedAt, start_by as startBy,
  their_reference as theirReference, provider_commission as providerCommission, lookups`;

export type AttemptRow = { -readonly [Column in keyof AttemptRecord]: AttemptRecord[Column] };

export const evidenceColumns = `key, kind, word, speaks_at as speaksAt, received_at as receivedAt,
  operator_reference as operatorReference, their_reference as theirReference, cause, said, answers,
  balance_before as balanceBefore, balance_after as balanceAfter`;

export type EvidenceRow = {
  -readonly [Column in Exclude<keyof Evidence, "answers" | "balances">]: Evidence[Column];
} & {
  answers: string | null;
  balanceBefore: Minor | null;
  balanceAfter: Minor | null;
};

export function readPiece({ answers, balanceBefore: before, balanceAfter: after, ...piece }: EvidenceRow): Evidence {
  return {
    ...piece,
    ...(answers !== null && { answers: JSON.parse(answers) }),
    ...(before !== null && after !== null && { balances: { before, after } }),
  };
}

/** The values of a new row of `recharges`, in the order of its columns; without state and what settles it. */
export function newRechargeValues(recharge: RechargeRecord): readonly (string | number | null)[] {
  return [
    recharge.counter,
    recharge.agentId,
    recharge.product,
    recharge.number,
    JSON.stringify(recharge.fields),
    recharge.geocode,
    recharge.face,
    recharge.commission,
    recharge.cost,
    recharge.currency,
    recharge.planVersion,
    recharge.repeatOf,
    JSON.stringify(recharge.attempts),
    recharge.day,
    recharge.event,
    recharge.createdAt,
    recharge.updatedAt,
  ];
}

export function failureText({ failure }: RechargeRecord): string | null {
  return failure === null ? null : JSON.stringify(failure);
}
