// One step of a run against an account that answers, refuses, or cannot be heard.
import { beforeEach, expect, test } from "vitest";
import type { AccountCalls, PlaceRequest } from "../../../src/accounts/account.ts";
import { rechargeIdOf } from "../../../src/base/id.ts";
import { createLog } from "../../../src/base/log.ts";
import { minor } from "../../../src/base/money.ts";
import { type Refusal, refusal } from "../../../src/base/refusal.ts";
import { ok, refuse } from "../../../src/base/result.ts";
import type { BulkState } from "../../../src/bulk/bulk.ts";
import { BulkStore } from "../../../src/bulk/bulk-store.ts";
import { readBulkFile } from "../../../src/bulk/read-file.ts";
import { type BulkContext, finishCancelling, placeDue } from "../../../src/bulk/run.ts";
import { migrateBulk } from "../../../src/bulk/tables.ts";
import type { RechargeView } from "../../../src/recharges/recharge.ts";
import { openMemoryStorage } from "../../support/memory-sql.ts";

const id = "blk_000070011223344556677";
const caller = { keyId: "key_test", mode: "sandbox" } as const;
let now = 1_000_000;
/** What the account does with the next order; after it, with each. */
let answer: "place" | "lose" | "fail_before" | Refusal = "place";
let asked: PlaceRequest[] = [];
let known = new Map<string, number>();

function viewOf(agentId: string): RechargeView {
  const counter = known.get(agentId) ?? known.size + 1;
  known.set(agentId, counter);
  const price = {
    face: minor(2_000),
    commission: minor(20),
    cost: minor(1_980),
    currency: "INR",
    planVersion: 1,
  } as const;
  const none = { proof: null, operatorReference: null, failure: null, repeatOf: null, resolvesBy: null };
  const order = { agentId, mode: "sandbox", product: "in.airtel.prepaid", number: "9826386400", fields: {} } as const;
  const rest = { state: "pending", createdAt: now, updatedAt: now, hasOpenCase: false, eventNumber: 1 } as const;
  return { id: rechargeIdOf(7, counter), ...order, ...price, ...none, ...rest };
}

const account: Pick<AccountCalls, "admit" | "checkOrders" | "place" | "findRecharge" | "readWallets"> = {
  admit: async () => ok(null),
  checkOrders: async () => ok([]),
  readWallets: async () => ok([]),
  place: async (request) => {
    asked.push(request);
    const { agentId } = request.order;
    if (answer === "fail_before") throw new Error("reset before the write");
    const isNew = !known.has(agentId);
    if (isNew && typeof answer === "object") return refuse(answer);
    const recharge = viewOf(agentId);
    if (answer === "lose") throw new Error("the answer was lost");
    return ok({ recharge, isReplay: !isNew });
  },
  findRecharge: async (_caller, name) =>
    "agentId" in name && known.has(name.agentId) ? ok(viewOf(name.agentId)) : refuse(refusal("not_found", "none")),
};

let context: BulkContext;

function openRun(rows: number): void {
  const storage = openMemoryStorage();
  migrateBulk(storage);
  const store = new BulkStore(storage.sql);
  context = {
    services: {
      clock: { now: () => now },
      log: createLog({ now: () => now }, () => {}),
      times: { bulkTickMs: 1_000, bulkRetryMs: 5_000, bulkKeptMs: 1 },
      archive: null,
      account: () => account,
    },
    store,
    atomically: (write) => storage.transactionSync(write),
  };
  const lines = Array.from({ length: rows }, () => "in.airtel.prepaid,9826386400,20.00");
  const read = readBulkFile(["product,number,amount", ...lines].join("\n"), "");
  if (!read.ok) throw new Error("no file");
  const times = { pacedAt: now - 60_000, createdAt: now, startedAt: now, endedAt: null };
  const running = {
    id,
    name: "",
    caller,
    state: "running",
    perMinute: 6_000,
    askedThrough: 0,
    stoppedBy: null,
  } as const;
  const bulk = store.write({ ...running, ...times });
  const checked = read.value.rows.map((row) => ({ ...row, cost: minor(1_980), currency: "INR" as const }));
  store.writeRows(bulk.number, checked);
}

function standing() {
  const bulk = context.store.find(id);
  if (bulk === null) throw new Error("no file");
  return bulk;
}

async function tick(afterMs = 0): Promise<BulkState> {
  now += afterMs;
  await placeDue(context, standing());
  return standing().state;
}

const counts = () => context.store.countRows(standing().number);

beforeEach(() => {
  answer = "place";
  asked = [];
  known = new Map();
});

test.each(["lose", "fail_before"] as const)(
  "a row that was not heard (%s) is asked again with its agent id, later and later",
  async (how) => {
    openRun(1);
    answer = how;
    await tick();
    expect(await tick(4_999)).toBe("running");
    expect(asked).toHaveLength(1);
    await tick(1);
    expect(asked).toHaveLength(2);
    await tick(9_999);
    expect(asked).toHaveLength(2);
    answer = "place";
    await tick(1);
    expect(counts()).toMatchObject({ placed: 1, waiting: 0 });
    expect(new Set(asked.map(({ order }) => order.agentId)).size).toBe(1);
    expect(known.size).toBe(1);
    expect(await tick(1_000)).toBe("done");
  },
);

test("a row costs at most what the start counted", async () => {
  openRun(1);
  await tick();
  expect(asked[0]).toMatchObject({ caller, waitMs: 0, order: { maxCost: 1_980 } });
});

test.each(["balance", "suspended", "credentials", "limit_day"] as const)(
  "%s stops the run: its rows wait for another start",
  async (code) => {
    openRun(120);
    answer = refusal(code, "not now");
    expect(await tick()).toBe("paused");
    expect(asked).toHaveLength(50);
    expect(standing()).toMatchObject({ stoppedBy: { code, detail: "not now" }, askedThrough: 51 });
    expect(counts()).toEqual({ bad: 0, waiting: 120, placed: 0, refused: 0 });
    answer = "place";
    context.store.write({ ...standing(), state: "running" });
    await tick(2_000);
    expect(counts()).toMatchObject({ placed: 120 });
  },
);

test("any other refusal is the row's, and the run goes on", async () => {
  openRun(2);
  answer = refusal("velocity", "too often", { retryAfterSeconds: 60 });
  await tick();
  expect(counts()).toMatchObject({ refused: 2 });
  expect(await tick(1_000)).toBe("done");
  const [row] = context.store.readRows(standing().number, { after: 0, isBadOnly: false, limit: 1 });
  expect(row?.problems).toEqual([{ column: "number", code: "velocity", reason: "too often" }]);
});

test("a product that cannot be had is asked about ten times, a minute apart, then refused", async () => {
  openRun(1);
  answer = refusal("product_unavailable", "not now", { retryAfterSeconds: 60 });
  for (let tries = 1; tries <= 10; tries += 1) {
    await tick(60_000);
    expect(asked).toHaveLength(tries);
    await tick(1_000);
  }
  expect(asked).toHaveLength(10);
  expect(counts()).toMatchObject({ refused: 1 });
});

test("what is cancelled asks after rows without an answer: one is the account's, one was never placed", async () => {
  openRun(2);
  answer = "fail_before";
  await tick();
  const [first] = asked;
  viewOf(first?.order.agentId ?? "");
  context.store.write({ ...standing(), state: "cancelling" });
  expect(await finishCancelling(context, standing())).toBeNull();
  expect(standing().state).toBe("cancelled");
  expect(counts()).toMatchObject({ placed: 1, waiting: 1 });
});

test("a pause while the account is being asked keeps its answers, and hands out nothing further", async () => {
  openRun(120);
  const ticking = tick();
  context.store.write({ ...standing(), state: "paused" });
  expect(await ticking).toBe("paused");
  expect(counts()).toMatchObject({ placed: 50, waiting: 70 });
});

test("after a reset what was being asked about is asked again", async () => {
  openRun(3);
  context.store.write({ ...standing(), askedThrough: 3 });
  viewOf(context.store.waiting(standing().number)[0]?.order.agentId ?? "");
  context.store.returnHandedOut(standing(), now);
  await tick();
  expect(counts()).toMatchObject({ placed: 3 });
  expect(known.size).toBe(3);
});
