// The newest events of an account, as they were written: what is shipped a moment later need not be read and parsed for it.
import type { AccountEvent } from "../recharges/events.ts";

/** About 1 KB each. */
const keptAtMost = 4_000;

export class NewestEvents {
  /** Numbered without a gap. */
  private events: AccountEvent[] = [];

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.events = [];
  }

  /** The next one: its number follows that of the one before. */
  keep(event: AccountEvent): void {
    if (this.events.length >= keptAtMost) this.events = this.events.slice(keptAtMost / 2);
    this.events.push(event);
  }

  /** Events above number `after`; null: some of them are not remembered. */
  find(after: number, limit: number): readonly AccountEvent[] | null {
    const first = this.events[0]?.number;
    if (first === undefined || first > after + 1) return null;
    const from = after + 1 - first;
    return this.events.slice(from, from + limit);
  }
}
