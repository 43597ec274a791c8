// The four that the bench compares, each on a workerd of its own with the same constant upstream.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { askStaff } from "../ask-staff.ts";
import { type Installation, startInstallation } from "../installation.ts";
import { findFreePort, startWorker, type WorkerProcess } from "../worker-process.ts";

export const contestantNames = ["bare proxy", "gateway", "straight to D1", "floor"] as const;
export type ContestantName = (typeof contestantNames)[number];

export interface Contestant {
  readonly name: ContestantName;
  readonly letter: "a" | "b" | "c" | "d";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Resolves when nothing of the last run is still at work. */
  rest(): Promise<void>;
  dispose(): Promise<void>;
}

/** Long enough for the outbox's delay and its last batches. */
const restMs = 2_000;
const directory = "scripts/bench/workers";

export async function startUpstream(): Promise<WorkerProcess> {
  return await startWorker({ name: "upstream", config: `${directory}/upstream.toml`, port: await findFreePort() });
}

/** Starts all four with their state under `statePath`. */
export async function startContestants(upstreamUrl: string, statePath: string): Promise<readonly Contestant[]> {
  const proxy = await startSketch("bare-proxy", upstreamUrl, statePath);
  const straight = await startSketch("straight-to-d1", upstreamUrl, statePath);
  const floor = await startSketch("floor", upstreamUrl, statePath);
  await fetch(`${straight.url}/set-up`, { method: "POST" });
  return [
    { name: "bare proxy", letter: "a", ...contestantOf(proxy) },
    await startGateway(upstreamUrl, statePath),
    { name: "straight to D1", letter: "c", ...contestantOf(straight) },
    { name: "floor", letter: "d", ...contestantOf(floor) },
  ];
}

function contestantOf(worker: WorkerProcess): Pick<Contestant, "url" | "headers" | "rest" | "dispose"> {
  return { url: worker.url, headers: {}, rest: () => sleep(restMs), dispose: () => worker.dispose() };
}

async function startSketch(name: string, upstreamUrl: string, statePath: string): Promise<WorkerProcess> {
  return await startWorker({
    name,
    config: `${directory}/${name}.toml`,
    port: await findFreePort(),
    statePath: join(statePath, name),
    vars: { UPSTREAM: upstreamUrl },
  });
}

export interface BenchGateway extends Contestant {
  readonly installation: Installation;
}

/** The whole gateway with everything on; only the limits that a single loud partner would meet are raised. */
export async function startGateway(
  upstreamUrl: string,
  statePath: string,
  gatewayMain?: string,
): Promise<BenchGateway> {
  const installation = await startInstallation({
    statePath: join(statePath, "installation"),
    gatewayPort: await findFreePort(),
    simulatorPort: await findFreePort(),
    providerSettings: () => ({ baseUrl: upstreamUrl }),
    vars: { RATE_PER_MINUTE: "1000000000" },
    onLog: keepQuiet,
    ...(gatewayMain === undefined ? {} : { gatewayMain }),
  });
  await creditWallet(installation, installation.partner);
  return {
    name: "gateway",
    letter: "b",
    url: installation.gateway.url,
    headers: { authorization: "Bearer rk_test_demo" },
    rest: () => sleep(restMs),
    dispose: () => installation.dispose(),
    installation,
  };
}

/** Enough for millions of recharges. */
export async function creditWallet(installation: Installation, partner: string): Promise<void> {
  await askStaff(installation, `/partners/${partner}/credits`, z.unknown(), {
    currency: "INR",
    amount: "999999999.00",
    reason: "money for the bench",
    external_reference: "bench",
  });
}

/** Printing a line for each recharge would be measured with it; the Worker has written its log all the same. */
function keepQuiet(): void {}
