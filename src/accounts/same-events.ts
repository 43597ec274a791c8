// Whether the ledger holds events as the account does.
import type { AccountEvent } from "../recharges/events.ts";

/** The same in all that they say. The order of names in the JSON is no part of it: it depends on the way that an event was shipped. */
export function areSame(left: readonly AccountEvent[], right: readonly AccountEvent[]): boolean {
  return canonical(left) === canonical(right);
}

function canonical(events: readonly AccountEvent[]): string {
  return JSON.stringify(events, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
