// Types of the libSQL server of the tests.
/** `onFailure` hears of each pipeline that fails on demand: "before", "after" or "drop". */
export function startHranaServer(options?: {
  readonly onFailure?: (failure: string) => void;
}): Promise<{ readonly url: string; close(): Promise<void> }>;
