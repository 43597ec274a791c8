// One row of a provider's statement, as we understand it.
import type { Minor } from "../../base/money.ts";
import type { RowWord } from "./mapping.ts";
import type { TimeSpan } from "./time.ts";

export interface StatementRow {
  /** Line of the file, from 1. */
  readonly line: number;
  /** The same row of another file has the same one: their id, else a hash of what it says and its ordinal among equal rows. */
  readonly identity: string;
  readonly theirId: string | null;
  readonly reference: string | null;
  readonly operatorReference: string | null;
  /** As printed, without spaces and signs; null: none, or masked. */
  readonly number: string | null;
  /** Null for rows about no recharge that state none. */
  readonly amount: Minor | null;
  readonly word: RowWord;
  /** The status as the file says it. */
  readonly said: string;
  readonly time: TimeSpan;
  /** Epoch ms of the moment for which the status speaks. */
  readonly speaksAt: number;
  /** Credit less debit; null: the file does not say. */
  readonly movement: Minor | null;
  readonly balanceAfter: Minor | null;
}
