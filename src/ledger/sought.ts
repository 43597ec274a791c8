// Looking for recharges by a text that may be one of several of their names.
import type { SqlValue } from "./client.ts";

/** What somebody looks for, not knowing what it is: a number, or since a time an agent id, a reference of an operator or of ours. */
export interface Sought {
  readonly text: string;
  /** Canonical numbers that the text may be. */
  readonly numbers: readonly string[];
  /** Epoch ms: further back a name that has no index is not looked for. */
  readonly since: number;
}

// Each side of the OR has an index of its own.
export const soughtSql = `(number IN (SELECT value FROM json_each(?))
  OR (created_at >= ? AND (agent_id = ? OR operator_reference = ? OR reference = ?)))`;

export function soughtArgs({ text, numbers, since }: Sought): readonly SqlValue[] {
  return [JSON.stringify(numbers), since, text, text, text];
}
