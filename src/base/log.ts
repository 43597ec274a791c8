// Structured logs: one line of JSON for each fact. Our own, because a logging library costs 13 KiB gzipped for this much.
import type { Clock } from "./clock.ts";

/** Flat facts. Never a secret, a query string or a full subscriber number (`mask.ts`). */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  /** A fault, with its chain of causes. Logged once, where it is caught. */
  error(event: string, facts: LogFacts, fault: unknown): void;
}

/** A log that writes lines of JSON: `level`, `at` (ISO 8601), `event`, then the facts. */
export function createLog(clock: Clock, write: (line: string) => void): Log {
  const put = (level: string, event: string, facts: LogFacts): void =>
    write(JSON.stringify({ level, at: new Date(clock.now()).toISOString(), event, ...facts }));
  return {
    info: (event, facts = {}) => put("info", event, facts),
    warn: (event, facts = {}) => put("warn", event, facts),
    error: (event, facts, fault) => put("error", event, { ...facts, fault: describeFault(fault) }),
  };
}

/** Name, message and place of an error and of its causes, at most five deep; no fields, which may carry data. */
export function describeFault(fault: unknown): string {
  const said: string[] = [];
  for (let cause = fault; cause !== undefined && said.length < 5; ) {
    if (!(cause instanceof Error)) {
      said.push(`thrown: ${typeof cause}`);
      break;
    }
    const place = cause.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
    said.push(`${cause.name}: ${cause.message}${place === undefined ? "" : ` (${place.trim()})`}`);
    cause = cause.cause;
  }
  return said.join(" <- ");
}
