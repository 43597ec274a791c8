// `npm run dev`: the gateway under `wrangler dev`, which reloads, beside the simulator and with the sandbox partner.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { copyAssets } from "./assets.ts";
import { callbackUrlAt, keepSecrets, seedSandbox } from "./installation.ts";
import { startWorker } from "./worker-process.ts";

const statePath = ".state/dev";
const gatewayPort = 8787;
const simulatorPort = 8788;
const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
const environmentFile = `${statePath}/secrets.env`;

mkdirSync(statePath, { recursive: true });
const { staffToken, hashSecret } = keepSecrets(statePath);
writeFileSync(environmentFile, `HASH_SECRET=${hashSecret}\nBOOTSTRAP_STAFF_TOKEN=${staffToken}\n`, { mode: 0o600 });
copyAssets();

const kept = ["--persist-to", `${statePath}/gateway`];
const migrated = spawnSync("wrangler", ["d1", "migrations", "apply", "ledger", "--local", ...kept], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (migrated.status !== 0) process.exit(1);

const simulator = await startWorker({
  name: "simulator",
  config: "wrangler.simulator.toml",
  port: simulatorPort,
  statePath: `${statePath}/simulator`,
  vars: { CALLBACK_URL: callbackUrlAt(gatewayPort) },
});
const wrangler = spawn(
  "wrangler",
  [
    "dev",
    "--ip",
    "127.0.0.1",
    "--port",
    String(gatewayPort),
    "--env-file",
    environmentFile,
    "--test-scheduled",
    ...kept,
  ],
  { stdio: "inherit" },
);
wrangler.on("exit", (code) => {
  void simulator.dispose().finally(() => process.exit(code ?? 0));
});
// wrangler stops by itself on ctrl-C; a signal to this process alone is passed on.
process.on("SIGINT", () => wrangler.kill("SIGINT")).on("SIGTERM", () => wrangler.kill("SIGTERM"));

/** wrangler bundles for a few seconds before it listens. */
async function seedWhenReady(): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const health = await fetch(`${gatewayUrl}/healthz`).catch(() => null);
    if (health?.ok) {
      await seedSandbox(gatewayUrl, staffToken);
      return;
    }
    await sleep(500);
  }
  throw new Error("the gateway did not come up within a minute");
}

await seedWhenReady();
console.log(`Sandbox partner: API key rk_test_demo. Staff token: in ${statePath}/staff-token.`);
