// What a provider's desk tells: all of itself to staff, and which shards did not take a change; and what of it is worth a row.
import type { DeskState } from "./desk.ts";
import type { LookupsSpent } from "./lookup-budget.ts";

/** `missed`: indices of the shards that did not take the change; they still let recharges through as before. */
export interface SwitchResult {
  readonly isComplete: boolean;
  readonly missed: readonly number[];
  readonly version: number;
}

/** What staff see of a desk. */
export interface DeskView extends DeskState {
  readonly lookups: LookupsSpent | null;
  /** Attempts that wait for a lookup because the ration is scarce. */
  readonly waitingLookups: number;
  /** Callbacks that matched nothing yet. */
  readonly keptCallbacks: number;
}

/** What is kept of a state: two of the same text need no row. */
export function keptText(state: DeskState): string {
  return JSON.stringify({ ...state, balance: null, breaker: { ...state.breaker, recent: "" } });
}
