// The lookups of a provider as its desk grants them: the ration that is kept, and who waits while the object is awake.
import type { LookupAnswer, LookupPermits } from "../recharges/ports.ts";
import { readLookups, writeLookups } from "./desk-store.ts";
import { type BudgetRules, decideLookup, hintEveryMs, type WaitingLookup } from "./lookup-budget.ts";

type Request = Parameters<LookupPermits["takeLookup"]>[0];

export class LookupDesk {
  private readonly sql: SqlStorage;
  /** When an attempt's last hint bought a lookup. Losing it costs a lookup out of the hints' fifth, no more. */
  private readonly hintedAt = new Map<string, number>();
  /** Asks that wait. Losing them costs an order of turns, and no lookup. */
  private waiting: readonly WaitingLookup[] = [];

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** How many attempts wait because the ration is scarce. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  /** `now` is epoch ms. */
  take(request: Request, now: number, rules: BudgetRules): LookupAnswer {
    const { attempt, because } = request;
    for (const [known, at] of this.hintedAt) if (now - at >= hintEveryMs) this.hintedAt.delete(known);
    const hintedAt = because === "hint" ? this.hintedAt.get(attempt) : undefined;
    if (hintedAt !== undefined) return { granted: false, retryAt: hintedAt + hintEveryMs, isHintAgain: true };
    const permit = decideLookup({ spent: readLookups(this.sql), waiting: this.waiting }, { ...request, now }, rules);
    this.waiting = permit.budget.waiting;
    if (!permit.granted) return { granted: false, retryAt: permit.retryAt };
    if (because === "hint") this.hintedAt.set(attempt, now);
    if (permit.budget.spent !== null) writeLookups(this.sql, permit.budget.spent);
    return { granted: true };
  }
}
