// Bundles a Worker as a deploy does, once per state of the sources.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { copyAssets } from "./assets.ts";

const run = promisify(execFile);
const dist = "dist";
const builtWithinMs = 120_000;
const keptMs = 24 * 3_600_000;

export interface Bundle {
  /** Absolute path of the one bundled module. */
  readonly script: string;
  /** What wrangler prints about its size, KiB. */
  readonly uploadKiB: number;
  readonly gzipKiB: number;
}

/** `config` is a wrangler.toml; `main` replaces its entry. Throws with wrangler's own words when it cannot be bundled. */
export async function bundle(config: string, main?: string): Promise<Bundle> {
  copyAssets();
  const entry = main ?? entryOf(config);
  const name = `${entry.replace(/^.*\//, "").replace(/\.ts$/, "")}-${hashOf([config, entry, "package-lock.json", "functions", "src", "scripts/bench"])}`;
  const target = join(dist, name);
  await waitForOther(target);
  if (!existsSync(target)) await build(config, entry, target);
  const script = readdirSync(target).find((file) => file.endsWith(".js"));
  if (script === undefined) throw new Error(`no script in ${target}`);
  return { script: resolve(target, script), ...readSize(readFileSync(join(target, "size.txt"), "utf8")) };
}

/** Several test files want the same bundle at once: one builds it, the others wait. A builder that died is not waited for. */
async function waitForOther(target: string): Promise<void> {
  const mark = `${target}.building`;
  while (!existsSync(target)) {
    const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
    if (since === undefined || Date.now() - since > builtWithinMs) return;
    await sleep(100);
  }
}

async function build(config: string, entry: string, target: string): Promise<void> {
  dropOld();
  const mark = `${target}.building`;
  writeFileSync(mark, "");
  const scratch = `${target}.${process.pid}.${Date.now()}`;
  const printed = await run("wrangler", ["deploy", entry, "--dry-run", "--minify", "-c", config, "--outdir", scratch], {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  }).catch((error: unknown) => {
    rmSync(mark, { force: true });
    throw new Error(`cannot bundle ${entry}`, { cause: error });
  });
  writeFileSync(join(scratch, "size.txt"), printed.stdout);
  try {
    renameSync(scratch, target);
  } catch (error) {
    // Somebody else built the same state at the same time.
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(mark, { force: true });
  }
}

function entryOf(config: string): string {
  const main = /^main\s*=\s*"([^"]+)"/m.exec(readFileSync(config, "utf8"))?.[1];
  if (main === undefined) throw new Error(`${config}: main is missing`);
  return join(dirname(config), main);
}

function readSize(printed: string): Pick<Bundle, "uploadKiB" | "gzipKiB"> {
  const found = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(printed);
  if (found === null) throw new Error("wrangler printed no bundle size");
  return { uploadKiB: Number(found[1]), gzipKiB: Number(found[2]) };
}

/** Hash of all files under the paths, names included. */
function hashOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesUnder)) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex").slice(0, 12);
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function dropOld(): void {
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    const path = join(dist, name);
    if (Date.now() - statSync(path).mtimeMs > keptMs) rmSync(path, { recursive: true, force: true });
  }
}
