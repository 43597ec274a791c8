// What one recharge costs: calls of objects, and rows written by objects and by the ledger.
import { setTimeout as sleep } from "node:timers/promises";
import { startGateway } from "./contestants.ts";
import { runLoad } from "./load.ts";

const recharges = 1_000;

interface Counts {
  readonly calls: Readonly<Record<string, number>>;
  readonly objectRows: Readonly<Record<string, number>>;
  readonly d1: { readonly rowsWritten: number; readonly batches: number };
}

/** All per recharge. */
export interface Cost {
  readonly calls: readonly (readonly [name: string, perRecharge: number])[];
  readonly objectHops: number;
  readonly objectRows: readonly (readonly [object: string, perRecharge: number])[];
  readonly objectRowsInAll: number;
  readonly d1Rows: number;
  readonly d1Batches: number;
}

/** Counts a thousand recharges from the first request to the last row in the ledger. */
export async function countCost(upstreamUrl: string, statePath: string): Promise<Cost> {
  const gateway = await startGateway(upstreamUrl, statePath, "scripts/bench/workers/counted-gateway.ts");
  try {
    await runLoad({ ...gateway, until: { recharges: 100 } });
    const before = await settledCounts(gateway.url);
    await runLoad({ ...gateway, until: { recharges } });
    return costOf(before, await settledCounts(gateway.url));
  } finally {
    await gateway.dispose();
  }
}

function costOf(before: Counts, after: Counts): Cost {
  const calls = perRecharge(before.calls, after.calls);
  const objectRows = perRecharge(before.objectRows, after.objectRows);
  const alarmsSet = sum(calls.filter(([name]) => name.endsWith("alarms set")));
  return {
    calls,
    objectHops: sum(calls.filter(([name]) => !name.endsWith(".alarm") && !name.endsWith("alarms set"))),
    objectRows,
    objectRowsInAll: sum(objectRows) + alarmsSet,
    d1Rows: (after.d1.rowsWritten - before.d1.rowsWritten) / recharges,
    d1Batches: (after.d1.batches - before.d1.batches) / recharges,
  };
}

function perRecharge(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): (readonly [string, number])[] {
  return Object.entries(after)
    .map(([name, count]) => [name, (count - (before[name] ?? 0)) / recharges] as const)
    .filter(([, count]) => count > 0)
    .toSorted(([, left], [, right]) => right - left);
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((total, [, count]) => total + count, 0);
}

/** The counts once they have stood still for two seconds: the outbox is empty then. */
async function settledCounts(url: string): Promise<Counts> {
  let last = "";
  for (let waited = 0; waited < 60; waited += 2) {
    const counts = await (await fetch(`${url}/counts`)).text();
    if (counts === last) return readCounts(counts);
    last = counts;
    await sleep(2_000);
  }
  throw new Error("the outbox did not come to rest within a minute");
}

/** Our own Worker wrote it a moment ago. */
function readCounts(text: string): Counts {
  return JSON.parse(text) as Counts;
}
