// A whole installation for one test file, with short times, and what its tests ask of gateway and simulator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Installation, type InstallationOptions, startInstallation } from "../../scripts/installation.ts";
import { findFreePort } from "../../scripts/worker-process.ts";

/** The simulator's own times are divided by this. */
const timeDivisor = 10;
/** A call is given up 2 s after it started; lookups begin when it can no longer run. */
const short = {
  vars: { TIMES: JSON.stringify({ startByMs: 500, outboxDelayMs: 50, outboxRetryMs: 500, repeatWindowMs: 90_000 }) },
  simulatorVars: { TIME_DIVISOR: String(timeDivisor) },
  providerSettings: () => ({ callLimitMs: 2_000, lookupScheduleMs: [300, 500, 1_000] }),
} satisfies Partial<InstallationOptions>;

export async function startSandbox(
  statePath: string,
  times: Partial<InstallationOptions> = short,
  more: Partial<InstallationOptions> = {},
): Promise<Installation> {
  const [gatewayPort, simulatorPort] = [await findFreePort(), await findFreePort()];
  return await startInstallation({ statePath, gatewayPort, simulatorPort, onLog: () => {}, ...times, ...more });
}

export function makeStatePath(): string {
  return mkdtempSync(join(tmpdir(), "recharge-gateway-"));
}

export function dropState(statePath: string): void {
  rmSync(statePath, { recursive: true, force: true });
}

const rechargeSchema = z.looseObject({
  id: z.string(),
  agent_id: z.string(),
  state: z.enum(["pending", "succeeded", "failed", "reversed"]),
});
export type Recharge = z.infer<typeof rechargeSchema>;

const journalSchema = z.array(
  z.looseObject({ account: z.string(), number: z.string(), executions: z.number(), deliveries: z.number() }),
);
export type Journal = z.infer<typeof journalSchema>;

export const order = (agentId: string, product: string, number: string): string =>
  JSON.stringify({ agent_id: agentId, product, number, amount: "20.00" });

/** A call of the API as the sandbox partner. */
export async function ask(installation: Installation, path: string, init: RequestInit = {}): Promise<Response> {
  return await fetch(`${installation.gateway.url}${path}`, {
    ...init,
    headers: { authorization: "Bearer rk_test_demo", "content-type": "application/json" },
  });
}

export async function placeRecharge(installation: Installation, body: string): Promise<Recharge> {
  const reply = await ask(installation, "/v1/recharges", { method: "POST", body });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${reply.status} ${text}`);
  return rechargeSchema.parse(JSON.parse(text));
}

/** Null while the gateway knows no recharge of that agent id. */
export async function findRecharge(installation: Installation, agentId: string): Promise<Recharge | null> {
  const reply = await ask(installation, `/v1/recharges?agent_id=${agentId}`);
  if (reply.status === 404) return null;
  return rechargeSchema.parse(await reply.json());
}

/** What the upstreams received about a number. */
export async function readJournal(installation: Installation, number: string): Promise<Journal> {
  return journalSchema.parse(await (await fetch(`${installation.simulator.url}/journal?number=${number}`)).json());
}

/** Asks every 50 ms until the answer is as wanted; throws with the last one when it never is. */
export async function until<Value>(
  read: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
  limitMs = 20_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    // A gateway that is being restarted answers nothing for a moment.
    const value = await read().catch((error: unknown) => (error instanceof TypeError ? null : Promise.reject(error)));
    if (value !== null && isWanted(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${limitMs} ms`);
    await sleep(50);
  }
}

const attemptsSchema = z.looseObject({
  attempts: z.array(z.looseObject({ evidence: z.array(z.looseObject({ kind: z.string(), word: z.string() })) })),
});

/** The evidence of each attempt, as staff see it. */
export async function readEvidence(installation: Installation, rechargeId: string): Promise<string[][]> {
  const reply = await fetch(`${installation.gateway.url}/admin/v1/recharges/${rechargeId}`, {
    headers: { authorization: `Bearer ${installation.staffToken}` },
  });
  const { attempts } = attemptsSchema.parse(await reply.json());
  return attempts.map(({ evidence }) => evidence.map(({ kind, word }) => `${kind}: ${word}`));
}
