// Rows that an event writes of cases and disputes; each opens with its event number. Pure.
import type { CaseKind } from "../recharges/events.ts";
import type { AccountEvent } from "../recharges/events.ts";
import type { DisputeState } from "../recharges/dispute.ts";

/** The case that an event opens or closes, as one row in a list: event, recharge, kind, opened, closed. Null: none. */
export function caseRow(event: AccountEvent, recharge: number | null): readonly [unknown[]] | null {
  const closed = closedCase(event);
  if (closed !== null) return [[event.number, recharge, closed, event.at, event.at]];
  return event.type === "recharge.case_opened" ? [[event.number, recharge, event.case, event.at, null]] : null;
}

function closedCase(event: AccountEvent): CaseKind | null {
  return "closesCase" in event && event.closesCase !== undefined ? event.closesCase : null;
}

const stateOf = {
  "dispute.opened": "open",
  "dispute.won": "won",
  "dispute.lost": "lost",
} as const satisfies Record<string, DisputeState>;

/** The dispute that an event is about, as one row in a list. Null: none. */
export function disputeRow(event: AccountEvent, recharge: number | null): readonly [unknown[]] | null {
  if (!("dispute" in event)) return null;
  const { number, disposition, comment, reason } = event.dispute;
  const state = stateOf[event.type];
  const closedAt = state === "open" ? null : event.at;
  return [[event.number, recharge, number, disposition, comment, state, reason, event.at, closedAt]];
}
