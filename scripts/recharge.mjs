#!/usr/bin/env node
// `npx recharge …`: runs the command line on the Node of this project's packages, whichever Node started it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const packaged = join(home, "node_modules", "node", "bin", "node");
const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24;
if (!isNewEnough && !existsSync(packaged)) {
  console.error(`recharge needs Node 24, or the packages of ${home}: run npm install there.`);
  process.exit(1);
}
const program = join(home, "scripts", "recharge", "main.ts");
const run = spawnSync(isNewEnough ? process.execPath : packaged, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(run.status ?? 130);
