// How safely an upstream may be used. A protocol declares it; the engine derives from it which actions are legal.

/** `design.md`, "A provider says how it may be used"; values per protocol in `lists.md`. All times in ms. */
export interface Safety {
  /** Does our reference travel, in which field and of what form; for how many days does the provider know it. */
  readonly reference:
    | { readonly kind: "none" }
    | { readonly kind: "travels"; readonly field: string; readonly pattern: RegExp; readonly validDays: number | null };
  /** What it does when it sees the same request again. */
  readonly duplicate: "replays" | "rejects" | "executes" | "unknown";
  readonly lookup: "by_our_reference" | "by_their_reference" | "none";
  /** After this long an unknown reference means "never executed"; null: it never means that. */
  readonly notFoundSettlesAfterMs: number | null;
  readonly balance: { readonly endpoint: boolean; readonly inReplies: "none" | "after" | "before_and_after" };
  /** After this long an unanswered call no longer moves its balance. */
  readonly finalAfterMs: number;
  /** For so long a balance may be shown as it was before; it covers the difference of our own clocks, too. */
  readonly staleForMs: number;
  /** Same number and amount are refused by the provider for this long. */
  readonly repeatWindowMs: number | null;
  /** Lookups are rationed upstream; null: no lookups, or no ration. */
  readonly lookupsPerDay: number | null;
}

/** A GET may be repeated by the runtime, so it is legal only where a repeat does no harm (`platform.md`). */
export function maySubmitByGet(safety: Safety): boolean {
  return safety.duplicate === "replays" || safety.duplicate === "rejects";
}
