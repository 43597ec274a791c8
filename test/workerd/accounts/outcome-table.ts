// How a recharge may end, as the tables of scripts say it.
import { expect } from "vitest";
import type { CaseKind } from "../../../src/recharges/events.ts";
import type { AttemptState, Failure, Proof, RechargeState } from "../../../src/recharges/recharge.ts";

type Attempts = readonly (readonly [provider: string, state: AttemptState])[];

/** A row of a table: what the partner is told at once, and how it ends. */
export interface Outcome {
  /** Right after the call; `anyState` where the answer comes about when the call's limit ends. */
  readonly first: unknown;
  readonly last: RechargeState;
  readonly proof: Proof | null;
  readonly failure: readonly [Failure["source"], Failure["cause"]] | null;
  /** By the simulator's journal. */
  readonly executions: number;
  readonly case: CaseKind | null;
  readonly attempts: Attempts;
}

export type OutcomeTable = Readonly<Record<string, Outcome>>;

export const anyState: unknown = expect.any(String);

export function succeeded(...attempts: Attempts): Outcome {
  const end = { first: "succeeded", last: "succeeded", proof: "operator_reference" } as const;
  return { ...end, failure: null, executions: 1, case: null, attempts };
}

export function failed(source: Failure["source"], cause: Failure["cause"], ...attempts: Attempts): Outcome {
  const end = { first: "failed", last: "failed", proof: null } as const;
  return { ...end, failure: [source, cause], executions: 0, case: null, attempts };
}

/** Pending with the money held, until a person has the case. */
export function doubt(executions: number, ...attempts: Attempts): Outcome {
  const end = { first: "pending", last: "pending", proof: null } as const;
  return { ...end, failure: null, executions, case: "doubt", attempts };
}
