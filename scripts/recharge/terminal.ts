// What a command has around it; tests give their own.
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  out(text: string): void;
  err(text: string): void;
  /** Columns of the terminal that reads the output; null: it goes to a file or another program. */
  readonly columns: number | null;
  /** Null where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Null where nobody looks. The share that is done, 0 to 1, or null where it is not known. */
  readonly progress: ((done: number | null, text: string) => void) | null;
  readFile(path: string): string;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Aborted by ctrl-C. */
  readonly stopped: AbortSignal;
}

/** Lines of 80 columns where nothing else is known; what goes to a file is never cut. */
export function widthOf({ columns }: Terminal): number {
  return columns ?? 10_000;
}
