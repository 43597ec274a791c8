// What a browser sends for a time, as the API takes it.

/** `2026-11-22T02:45`, in UTC, is `2026-11-22T02:45:00Z`. */
export function momentText(typed: string): string {
  return typed.length === 16 ? `${typed}:00Z` : `${typed}Z`;
}
