// Bulk: a partner's file of recharges. What surfaces may ask of it, and the types that its files share.
import type { Caller } from "../accounts/caller.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { Order } from "../recharges/recharge.ts";

/**
 * `checked`: waits for a start; `running`; `paused`: by the partner, or stopped by a refusal; `cancelling`: rows that were
 * handed to the account are asked after; `cancelled`; `done`: every good row was placed or refused.
 */
export const bulkStates = ["checked", "running", "paused", "cancelling", "cancelled", "done"] as const;
export type BulkState = (typeof bulkStates)[number];

/** `bad`: found wrong before anything ran; `waiting`; `placed`: the account has it; `refused`: by the account. */
export const rowStates = ["bad", "waiting", "placed", "refused"] as const;
export type RowState = (typeof rowStates)[number];

/** What is wrong with a row. `column` is a heading of the file; null where it is not one cell. */
export interface RowProblem {
  readonly column: string | null;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** One row as it was read. `line` counts the lines of the file from 1, the headings included. */
export interface FileRow {
  readonly line: number;
  readonly agentId: string;
  /** As the partner wrote them. */
  readonly product: string;
  readonly number: string;
  readonly amount: string;
  /** Null where the row cannot be read. */
  readonly order: Order | null;
  readonly problems: readonly RowProblem[];
}

/** A file as it is uploaded. `id` is made of the account and of what the file says. */
export interface BulkUpload {
  readonly id: string;
  readonly name: string;
  readonly caller: Caller;
  readonly rows: readonly FileRow[];
}

/** A row after the account has looked at it. */
export interface CheckedRow extends FileRow {
  /** What it will cost; null: bad, or recharged already. */
  readonly cost: Minor | null;
  readonly currency: Currency | null;
}

export interface CostSum {
  readonly currency: Currency;
  readonly cost: Minor;
}

export interface BulkView {
  readonly id: string;
  readonly name: string;
  readonly state: BulkState;
  readonly rows: Readonly<Record<RowState, number>>;
  /** What the waiting rows will cost. */
  readonly costs: readonly CostSum[];
  readonly perMinute: number | null;
  /** Why it was stopped; null where nobody but the partner stopped it. */
  readonly stoppedBy: Pick<Refusal, "code" | "detail"> | null;
  /** Counters of the recharges that were placed. */
  readonly placed: readonly number[];
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export type BulkSummary = Omit<BulkView, "placed">;

/** A row with what became of it. `isHandedOut`: the account was asked and did not answer yet; it may have the recharge. */
export interface BulkRow extends Omit<FileRow, "order"> {
  readonly state: RowState;
  readonly isHandedOut: boolean;
  readonly recharge: number | null;
  readonly cost: Minor | null;
  readonly currency: Currency | null;
}

export interface StartWanted {
  readonly caller: Caller;
  readonly perMinute: number;
  /** Starts although rows are bad: they stay out. */
  readonly skipBad: boolean;
  /** The most that the waiting rows may cost, by currency; a currency that is left out may cost nothing. Null: no bound. */
  readonly maxCost: Readonly<Partial<Record<Currency, Minor>>> | null;
}

/** What staff do to a file, and why. `resume`: what was paused goes on as the partner started it. */
export interface StaffWish {
  readonly verb: "pause" | "resume" | "cancel";
  readonly reason: string;
}

export interface RowPage {
  readonly rows: readonly BulkRow[];
  /** Line after which the next page begins; null: this was the last. */
  readonly nextAfter: number | null;
}

/** The bulk object of one partner. Every verb asks the account first whether the caller is admitted; null: staff, who were let in. */
export interface BulkCalls {
  /** Checks and keeps a file, or answers with the one that is kept; what was ended is checked again where rows were not placed. */
  take(upload: BulkUpload): Promise<Result<{ readonly view: BulkView; readonly isNew: boolean }, Refusal>>;
  /** Starts, or goes on. Refuses rows that are bad and were not left out knowingly, more than `maxCost`, and more than the balance. */
  start(id: string, wanted: StartWanted): Promise<Result<BulkView, Refusal>>;
  pause(id: string, caller: Caller): Promise<Result<BulkView, Refusal>>;
  /** Places no further row. What was handed to the account stays its. */
  cancel(id: string, caller: Caller): Promise<Result<BulkView, Refusal>>;
  /** The state before, and the file after; a verb that does not fit changes nothing. */
  changeByStaff(
    id: string,
    wish: StaffWish,
  ): Promise<Result<{ readonly before: BulkState; readonly view: BulkView }, Refusal>>;
  read(id: string, caller: Caller | null): Promise<Result<BulkView, Refusal>>;
  /** The newest first, at most 50. */
  list(account: number, caller: Caller | null): Promise<Result<readonly BulkSummary[], Refusal>>;
  /** Pages of 1000; `isBadOnly`: the rows of the report alone. */
  readRows(
    id: string,
    caller: Caller | null,
    page: { readonly after: number; readonly isBadOnly: boolean },
  ): Promise<Result<RowPage, Refusal>>;
  /** Arms the alarm where something runs. */
  sweep(): Promise<{ readonly isIdle: boolean }>;
}
