// Shows that a deploy would go through: bundles as a deploy does, then has wrangler check the live installation's file with that bundle.
import { execFileSync } from "node:child_process";
import { bundle } from "./bundle.ts";

const liveConfig = "wrangler.live.toml";
/** Of a Worker on the platform's paid plan, gzipped. */
const largestKiB = 10 * 1_024;

const { script, uploadKiB, gzipKiB } = await bundle("wrangler.toml");
execFileSync("wrangler", ["deploy", script, "--dry-run", "--no-bundle", "-c", liveConfig], {
  env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  stdio: ["ignore", "ignore", "inherit"],
});
if (gzipKiB > largestKiB) throw new Error(`the bundle has ${gzipKiB} KiB; a Worker may have ${largestKiB}`);
console.log(`deploy --dry-run: ${liveConfig} is in order; the bundle has ${uploadKiB} KiB, ${gzipKiB} gzipped`);
