// The `Prefer` header (RFC 7240): how long the client waits for a final state.

export interface WaitPreference {
  readonly waitMs: number;
  /** What `Preference-Applied` says; null: nothing was asked. */
  readonly applied: string | null;
}

/** `wait=20` (seconds) or `respond-async`; the first of each counts, what cannot be read is passed over. */
export function readPrefer(
  header: string | undefined,
  limits: { readonly defaultMs: number; readonly maxMs: number },
): WaitPreference {
  if (header === undefined) return { waitMs: limits.defaultMs, applied: null };
  const preferences = header.split(",").map((part) => (part.split(";")[0] ?? "").trim().toLowerCase());
  const wait = preferences
    .map((part) => /^wait\s*=\s*"?(\d{1,9})"?$/.exec(part)?.[1])
    .find((found) => found !== undefined);
  if (wait !== undefined) {
    const seconds = Math.min(Number(wait), Math.floor(limits.maxMs / 1_000));
    return { waitMs: seconds * 1_000, applied: `wait=${seconds}` };
  }
  if (preferences.includes("respond-async")) return { waitMs: 0, applied: "respond-async" };
  return { waitMs: limits.defaultMs, applied: null };
}
