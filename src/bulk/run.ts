// One step of a run: some rows are handed to the account, and what it answers is written.
import type { AccountCalls } from "../accounts/account.ts";
import type { Clock } from "../base/clock.ts";
import { readBulkId, readRechargeId } from "../base/id.ts";
import type { Log } from "../base/log.ts";
import { type Minor, minor } from "../base/money.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Archive } from "../recharges/archive.ts";
import type { RechargeView } from "../recharges/recharge.ts";
import { assert } from "../base/assert.ts";
import { afterRefusal } from "./after-refusal.ts";
import type { BulkRecord, BulkStore, DueRow, RowChange } from "./bulk-store.ts";
import { problemsOf } from "./check-rows.ts";
import { paceAt } from "./pace.ts";

/** All in ms. */
export interface BulkTimes {
  readonly bulkTickMs: number;
  readonly bulkRetryMs: number;
  readonly bulkKeptMs: number;
}

export interface BulkServices {
  readonly clock: Clock;
  readonly log: Log;
  readonly times: BulkTimes;
  /** Null: none is bound, and no file leaves the object. */
  readonly archive: Archive | null;
  /** A fresh stub on each call: one that has thrown may be broken. */
  account(number: number): Pick<AccountCalls, "admit" | "checkOrders" | "place" | "findRecharge" | "readWallets">;
}

/** What the files of the object share. */
export interface BulkContext {
  readonly services: BulkServices;
  readonly store: BulkStore;
  atomically<Value>(write: () => Value): Value;
}

/** So many calls of the account at once. */
const callsAtOnce = 50;
/** A row whose product cannot be had is asked about so often, then it is refused. */
const laterAtMost = 10;
const waitAtMostMs = 300_000;

export function accountOf(context: BulkContext, bulk: Pick<BulkRecord, "id">) {
  const number = readBulkId(bulk.id);
  assert(number !== null, "a file's id names its account");
  return context.services.account(number);
}

/** Places the rows whose turn it is; a run without any row left is done. What is not heard is asked again with the same agent id. */
export async function placeDue(context: BulkContext, bulk: BulkRecord): Promise<void> {
  const { store, services } = context;
  const now = services.clock.now();
  const pace = { perMinute: bulk.perMinute ?? 1, pacedAt: bulk.pacedAt, tickMs: services.times.bulkTickMs };
  const { rows: most, pacedAt } = paceAt(pace, now);
  const rows = store.nextRows(bulk, now, most);
  if (rows.length === 0) {
    if (store.countRows(bulk.number).waiting === 0) store.write({ ...bulk, state: "done", endedAt: now });
    return;
  }
  for (let start = 0; start < rows.length; start += callsAtOnce) {
    const some = rows.slice(start, start + callsAtOnce);
    const standing = store.find(bulk.id);
    if (standing?.state !== "running") return;
    // Before the account is asked: a row up to here that has no answer may have its recharge.
    const askedThrough = Math.max(standing.askedThrough, ...some.map(({ line }) => line));
    store.write({ ...standing, pacedAt, askedThrough });
    const heard = await Promise.all(some.map((row) => askFor(context, standing, row)));
    context.atomically(() => keepAnswers(context, standing, heard));
  }
}

type Heard =
  | { readonly row: DueRow; readonly kind: "placed"; readonly recharge: RechargeView }
  | { readonly row: DueRow; readonly kind: "refused"; readonly problem: Refusal }
  | { readonly row: DueRow; readonly kind: "unheard" };

async function askFor(context: BulkContext, bulk: BulkRecord, row: DueRow): Promise<Heard> {
  const order = { ...row.order, maxCost: least(row.order.maxCost, row.cost) };
  try {
    const placed = await accountOf(context, bulk).place({ caller: bulk.caller, order, waitMs: 0 });
    if (!placed.ok) return { row, kind: "refused", problem: placed.problem };
    return { row, kind: "placed", recharge: placed.value.recharge };
  } catch (fault) {
    context.services.log.error("bulk.account_not_heard", { bulk: bulk.id, line: row.line }, fault);
    return { row, kind: "unheard" };
  }
}

/** No row costs more than the start was told. */
function least(own: Minor | null, told: Minor | null): Minor | null {
  if (own === null || told === null) return own ?? told;
  return minor(Math.min(own, told));
}

/** Writes the answers. A refusal that every further row would meet stops the run, where nobody has paused or cancelled it meanwhile. */
function keepAnswers(context: BulkContext, bulk: BulkRecord, heard: readonly Heard[]): void {
  const { store, services } = context;
  const now = services.clock.now();
  for (const one of heard) store.writeAnswer(bulk.number, changeOf(one, now, services.times));
  const stop = heard.find((one) => one.kind === "refused" && afterRefusal[one.problem.code] === "stop");
  const standing = store.find(bulk.id);
  if (stop?.kind !== "refused" || standing?.state !== "running") return;
  const { code, detail } = stop.problem;
  store.write({ ...standing, state: "paused", stoppedBy: { code, detail } });
}

function changeOf(heard: Heard, now: number, times: BulkTimes): RowChange {
  const { line, tries } = heard.row;
  const next = { line, tries: tries + 1, recharge: null, cost: null, currency: null, problems: [], dueAt: null };
  if (heard.kind === "placed") return placedRow(line, heard.recharge);
  if (heard.kind === "unheard") {
    const waitMs = Math.min(times.bulkRetryMs * 2 ** Math.min(tries, 6), waitAtMostMs);
    return { ...next, state: "waiting", dueAt: now + waitMs };
  }
  const { problem } = heard;
  const problems = problemsOf(problem);
  const rule = afterRefusal[problem.code];
  if (rule === "stop") return { ...next, state: "waiting", problems, dueAt: now, tries };
  const waitMs = (problem.retryAfterSeconds ?? 0) * 1_000;
  if (rule === "later" && tries + 1 < laterAtMost)
    return { ...next, state: "waiting", problems, dueAt: now + Math.max(waitMs, times.bulkRetryMs) };
  return { ...next, state: "refused", problems };
}

function placedRow(line: number, recharge: RechargeView): RowChange {
  const counter = readRechargeId(recharge.id)?.counter ?? null;
  assert(counter !== null, "a recharge's id names it");
  const { cost, currency } = recharge;
  return { line, state: "placed", problems: [], recharge: counter, cost, currency, dueAt: null, tries: 0 };
}

/**
 * Asks after the rows that were handed to the account and have no answer; once all have one, the file is cancelled. Returns
 * when to try again, epoch ms; null: it is cancelled.
 */
export async function finishCancelling(context: BulkContext, bulk: BulkRecord): Promise<number | null> {
  const { store, services } = context;
  const { caller } = bulk;
  for (const row of store.handedOut(bulk)) {
    const found = await accountOf(context, bulk).findRecharge(caller, { agentId: row.order.agentId });
    if (found.ok) store.writeAnswer(bulk.number, placedRow(row.line, found.value));
    else if (found.problem.code !== "not_found") return services.clock.now() + waitAtMostMs;
  }
  const standing = store.find(bulk.id);
  if (standing?.state === "cancelling") store.write({ ...standing, state: "cancelled", endedAt: services.clock.now() });
  return null;
}
