// A soak run on workerd: many recharges at once, answers lost in every documented way, the gateway killed in between;
// then the invariants, against the simulator's own journal.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Installation, InstallationOptions } from "../../scripts/installation.ts";
import { ask, dropState, findRecharge, makeStatePath, startSandbox, until } from "../miniflare/sandbox.ts";

const recharges = Number(process.env["SOAK_RECHARGES"] ?? 900);
const connections = 16;
const seed = process.env["SOAK_SEED"] ?? String(Date.now());
/** All times of the sandbox, divided. */
const divisor = 20;
const fast = {
  vars: {
    TIMES: JSON.stringify({
      startByMs: 5_000 / divisor,
      outboxDelayMs: 50,
      outboxRetryMs: 500,
      repeatWindowMs: 900_000 / divisor,
      waitDefaultMs: 5_000,
      breakerOpensForMs: 1_000,
    }),
  },
  simulatorVars: { TIME_DIVISOR: String(divisor) },
  providerSettings: (protocol: string) => ({
    callLimitMs: 10_000 / divisor,
    finalAfterMs: 600_000 / divisor,
    caseAfterMs: 10_000,
    ...(protocol === "backnpay" && {
      lookupScheduleMs: [500, 1_500, 3_000],
      notFoundSettlesAfterMs: 60_000 / divisor,
      repeatWindowMs: 900_000 / divisor,
      lookupsPerDay: 1_000_000,
    }),
  }),
} satisfies Partial<InstallationOptions>;

const kinds = [
  "failed",
  "pending_then_success",
  "pending_then_failure",
  "submitted_then_failure",
  "lost_after_execution",
  "lost_before_execution",
  "executed_late",
  "delivered_twice",
  "debited_then_refunded",
  "cut_off_after_execution",
  "failed_never_answered",
  "html_after_execution",
  "html_before_execution",
  "error_after_execution",
  "error_before_execution",
];

const statePath = makeStatePath();
let installation: Installation;

beforeAll(async () => {
  installation = await startSandbox(statePath, fast);
  const set = await fetch(`${installation.simulator.url}/faults`, {
    method: "PUT",
    body: JSON.stringify({ seed, rate: 0.4, kinds }),
  });
  if (!set.ok) throw new Error(`the simulator took no faults: ${set.status}`);
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  dropState(statePath);
});

/** Numbers whose last digits script nothing: only those draw faults. */
const products = [
  { product: "in.airtel.prepaid", currency: "INR", numberOf: (n: number) => `9${String(n).padStart(7, "0")}99` },
  { product: "in.jio.prepaid", currency: "INR", numberOf: (n: number) => `8${String(n).padStart(7, "0")}99` },
  {
    product: "bd.grameenphone.prepaid",
    currency: "BDT",
    numberOf: (n: number) => `017${String(n).padStart(6, "0")}99`,
  },
] as const;

function orderOf(n: number) {
  const { product, currency, numberOf } = products[n % products.length] ?? products[0];
  return { agentId: `soak-${n}`, product, currency, number: numberOf(n) };
}

/** As a partner's client does it: what was not answered is asked again with the same agent id. */
async function place(n: number): Promise<void> {
  const { agentId, product, number } = orderOf(n);
  const body = JSON.stringify({ agent_id: agentId, product, number, amount: "20.00" });
  for (let tries = 0; tries < 200; tries += 1) {
    const reply = await ask(installation, "/v1/recharges", { method: "POST", body }).catch(() => null);
    const text = await reply?.text().catch(() => null);
    if (reply?.ok && typeof text === "string") return;
    // No provider left for the moment: the breaker is open.
    if (reply !== null && reply.status !== 503 && reply.status !== 500) throw new Error(`${reply.status} ${text}`);
    await sleep(250);
  }
  throw new Error(`${agentId} was never answered`);
}

const entriesSchema = z.array(
  z.looseObject({
    number: z.string(),
    executions: z.number(),
    executed: z.boolean(),
    refunded: z.boolean(),
    reversed: z.boolean(),
  }),
);
const walletsSchema = z.looseObject({
  wallets: z.array(z.looseObject({ currency: z.string(), balance: z.string(), held: z.string() })),
});
const figuresSchema = z.looseObject({ event_number: z.int(), pending: z.int(), forgotten: z.int() });
const eventsSchema = z.looseObject({ events: z.array(z.looseObject({ number: z.int() })), next_after: z.int() });

async function askStaff<Answer>(path: string, schema: z.ZodType<Answer>, method = "GET"): Promise<Answer> {
  const headers = { authorization: `Bearer ${installation.staffToken}` };
  return schema.parse(await (await fetch(`${installation.gateway.url}${path}`, { method, headers })).json());
}

test(`${recharges} recharges with faults and two kills, seed ${seed}`, async () => {
  let next = 0;
  let answered = 0;
  const workers = Array.from({ length: connections }, async () => {
    while (next < recharges) {
      next += 1;
      await place(next);
      answered += 1;
    }
  });
  for (const share of [1 / 3, 2 / 3]) {
    await until(
      () => Promise.resolve(next),
      (started) => started > recharges * share,
      600_000,
    );
    await installation.gateway.crash();
  }
  await Promise.all(workers);
  expect(answered).toBe(recharges);
}, 900_000);

test("every recharge becomes final or a case, and the figures agree with what was executed", async () => {
  const orders = Array.from({ length: recharges }, (_, index) => orderOf(index + 1));
  const found = new Map<string, { state: string; has_open_case?: unknown }>();
  for (const { agentId } of orders)
    found.set(
      agentId,
      await until(
        async () => await findRecharge(installation, agentId),
        (one) => one !== null && (one.state !== "pending" || one["has_open_case"] === true),
        120_000,
      ).then((one) => one ?? { state: "lost" }),
    );

  const entries = entriesSchema.parse(await (await fetch(`${installation.simulator.url}/journal`)).json());
  const standing = new Map<string, { executions: number; kept: number }>();
  for (const entry of entries) {
    const before = standing.get(entry.number) ?? { executions: 0, kept: 0 };
    const isKept = entry.executed && !entry.refunded && !entry.reversed;
    standing.set(entry.number, {
      executions: before.executions + entry.executions,
      kept: before.kept + (isKept ? 1 : 0),
    });
  }
  const wrong = orders.filter(({ agentId, number }) => {
    const { executions, kept } = standing.get(number) ?? { executions: 0, kept: 0 };
    const state = found.get(agentId)?.state;
    return (
      executions > 1 ||
      (state === "succeeded" && kept !== 1) ||
      (state !== "succeeded" && state !== "pending" && kept !== 0)
    );
  });
  expect(wrong).toEqual([]);
  // The faults did bite: answers that can never be found out (aopay, nurr) are held as cases.
  expect(new Set([...found.values()].map(({ state }) => state))).toEqual(new Set(["succeeded", "failed", "pending"]));

  const { wallets } = walletsSchema.parse(await (await ask(installation, "/v1/balance")).json());
  for (const { currency, balance, held } of wallets) {
    const of = orders.filter((order) => order.currency === currency).map(({ agentId }) => found.get(agentId)?.state);
    const count = (state: string): number => of.filter((one) => one === state).length;
    expect([currency, balance]).toEqual([
      currency,
      (100_000 - 19.8 * (count("succeeded") + count("pending"))).toFixed(2),
    ]);
    expect([currency, held]).toEqual([currency, (19.8 * count("pending")).toFixed(2)]);
  }
}, 900_000);

test("events are without a gap, and the ledger equals the account", async () => {
  const figures = await until(
    () => askStaff(`/admin/v1/partners/${installation.partner}/figures`, figuresSchema),
    ({ forgotten }) => forgotten === 0,
  );
  let after = 0;
  for (let page = eventsSchema.parse({ events: [], next_after: 0 }); ; after = page.next_after) {
    page = eventsSchema.parse(await (await ask(installation, `/v1/events?after=${after}&limit=500`)).json());
    expect(page.events.map(({ number }) => number)).toEqual(page.events.map((_, index) => after + index + 1));
    if (page.events.length === 0) break;
  }
  expect(after).toBe(figures?.event_number);
  await until(
    () => askStaff("/admin/v1/reconcile", z.looseObject({ kind: z.string() }), "POST"),
    (run) => run.kind === "done" && run["differences"] === 0 && run["forgotten"] === 0 && run["faults"] === 0,
  );
});
