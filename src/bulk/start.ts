// Starting a file: its rows are looked over again, and what they cost now is held against the partner's bound and balance.
import { type Currency, currencies, formatAmount, type Minor, minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { StartWanted } from "./bulk.ts";
import type { BulkRecord, DueRow } from "./bulk-store.ts";
import { minuteMs } from "./pace.ts";
import { accountOf, type BulkContext } from "./run.ts";

const ordersPerCall = 250;

/** Starts a checked file, or lets a paused one go on; any other is left as it is. */
export async function startBulk(
  context: BulkContext,
  bulk: BulkRecord,
  wanted: StartWanted,
): Promise<Result<null, Refusal>> {
  const { store, services } = context;
  if (!mayStart(bulk)) return ok(null);
  const { bad } = store.countRows(bulk.number);
  if (bad > 0 && !wanted.skipBad) return refuse(badRows(bad));
  const waiting = store.waiting(bulk.number);
  const costs = await costsNow(context, bulk, waiting, wanted);
  if (!costs.ok) return costs;
  const wallets = await accountOf(context, bulk).readWallets(wanted.caller);
  if (!wallets.ok) return wallets;
  const over = overBound(costs.value, wanted) ?? overBalance(costs.value, wallets.value);
  if (over !== null) return refuse(over);
  const standing = store.find(bulk.id);
  if (standing === null || !mayStart(standing)) return ok(null);
  const now = services.clock.now();
  const { caller, perMinute } = wanted;
  context.atomically(() => {
    for (const { line, before, cost } of costs.value)
      if (cost !== null && cost !== before) store.writeCost(standing.number, line, cost);
    const startedAt = standing.startedAt ?? now;
    const pacedAt = now - minuteMs / perMinute;
    store.write({ ...standing, state: "running", caller, perMinute, pacedAt, startedAt, stoppedBy: null });
  });
  return ok(null);
}

function mayStart({ state }: BulkRecord): boolean {
  return state === "checked" || state === "paused";
}

function badRows(count: number): Refusal {
  const reason = `${count} ${count === 1 ? "row is" : "rows are"} bad`;
  return refusal("parameter", `${reason}; mend the file, or start with skip_bad to leave them out.`, {
    problems: [{ pointer: "/skip_bad", reason }],
  });
}

/** What a row costs now; `cost` null: nothing, because it would be refused or has its recharge. */
interface RowCost {
  readonly line: number;
  readonly before: Minor | null;
  readonly cost: Minor | null;
  readonly currency: Currency | null;
}

async function costsNow(
  context: BulkContext,
  bulk: BulkRecord,
  waiting: readonly DueRow[],
  { caller }: StartWanted,
): Promise<Result<readonly RowCost[], Refusal>> {
  const costs: RowCost[] = [];
  for (let start = 0; start < waiting.length; start += ordersPerCall) {
    const some = waiting.slice(start, start + ordersPerCall);
    const orders = some.map(({ order }) => order);
    const checked = await accountOf(context, bulk).checkOrders(caller, orders);
    if (!checked.ok) return checked;
    for (const [at, { line, cost: before }] of some.entries()) {
      const check = checked.value[at];
      const isGood = check?.kind === "good";
      costs.push({ line, before, cost: isGood ? check.cost : null, currency: isGood ? check.currency : null });
    }
  }
  return ok(costs);
}

function sumIn(costs: readonly RowCost[], currency: Currency): Minor {
  return minor(costs.reduce((sum, one) => (one.currency === currency ? sum + (one.cost ?? 0) : sum), 0));
}

function overBound(costs: readonly RowCost[], { maxCost }: StartWanted): Refusal | null {
  if (maxCost === null) return null;
  for (const currency of currencies) {
    const sum = sumIn(costs, currency);
    if (sum > (maxCost[currency] ?? 0))
      return refusal("max_cost", `The rows cost ${formatAmount(sum)} ${currency}, above max_cost.`);
  }
  return null;
}

function overBalance(costs: readonly RowCost[], wallets: readonly WalletView[]): Refusal | null {
  for (const currency of currencies) {
    const sum = sumIn(costs, currency);
    const balance = wallets.find((wallet) => wallet.currency === currency)?.balance ?? 0;
    if (sum > balance)
      return refusal("balance", `The rows cost ${formatAmount(sum)} ${currency}; the wallet does not cover them.`);
  }
  return null;
}
