// What befalls the installation in a soak run: kills, aborted objects, a ledger that fails.
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "../../src/base/assert.ts";
import type { Installation } from "../installation.ts";
import { readVars } from "../worker-process.ts";
import { type SoakLedger, type LedgerFaults, wellLedger } from "./ledger.ts";
import type { SoakPartner } from "./partners.ts";
import type { Incident, IncidentKind } from "./schedule.ts";

export interface Scene {
  readonly installation: Installation;
  readonly ledger: SoakLedger;
  readonly partners: readonly SoakPartner[];
}

const guardShards = Number(readVars("wrangler.toml")["GUARD_SHARDS"]);
assert(guardShards >= 1, "wrangler.toml says how many shards the guard has");
const providers = ["backnpay-sandbox", "aopay-sandbox", "nurr-sandbox"];

const acts = {
  gateway_killed: ({ installation }) => installation.gateway.crash(),
  upstreams_killed: ({ installation }) => installation.simulator.crash(),
  account_aborted: (scene, { which }) =>
    abort(scene, "account", `account-${scene.partners[which % scene.partners.length]?.account ?? 0}`),
  guard_aborted: (scene, { which }) => abort(scene, "guard", `shard-${which % guardShards}`),
  desk_aborted: (scene, { which }) => abort(scene, "desk", providers[which % providers.length] ?? ""),
  ledger_down: async (scene, { amount }) => {
    await setLedger(scene, { isDown: true, failures: [] });
    await sleep(amount);
    await setLedger(scene, wellLedger);
  },
  ledger_fails_before: (scene, { amount }) => failBatches(scene, "before", amount),
  ledger_fails_after: (scene, { amount }) => failBatches(scene, "after", amount),
  ledger_drops: (scene, { amount }) => failBatches(scene, "drop", amount),
} as const satisfies Record<IncidentKind, (scene: Scene, incident: Incident) => Promise<void>>;

/** Does it, and resolves when it is over. */
export async function bringAbout(scene: Scene, incident: Incident): Promise<void> {
  await acts[incident.kind](scene, incident);
}

function failBatches(scene: Scene, failure: "before" | "after" | "drop", count: number): Promise<void> {
  return setLedger(scene, { isDown: false, failures: Array.from({ length: count }, () => failure) });
}

async function setLedger({ ledger, installation }: Scene, faults: LedgerFaults): Promise<void> {
  await ledger.set(installation, faults);
}

async function abort({ installation }: Scene, kind: "account" | "guard" | "desk", name: string): Promise<void> {
  const reply = await fetch(`${installation.gateway.url}/soak/abort`, {
    method: "POST",
    body: JSON.stringify({ kind, name }),
  });
  if (!reply.ok) throw new Error(`${name} could not be aborted: ${reply.status}`);
}
