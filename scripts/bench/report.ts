// The bench's figures as the Markdown of docs/benchmarks.md: rates, ratios of one run, bars met or missed.
import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import type { Bundle } from "../bundle.ts";
import type { Cost } from "./counts.ts";
import type { Growth } from "./growth.ts";
import { connections, type Measured, median } from "./load.ts";

export interface Round {
  readonly a: Measured;
  readonly b: Measured;
  readonly c: Measured;
  readonly d: Measured;
}

export interface Rounds {
  readonly store: "disk" | "tmpfs";
  readonly rounds: readonly Round[];
}

export interface Figures {
  readonly alone: Measured;
  readonly compared: readonly Rounds[];
  readonly cost: Cost;
  readonly growth: Growth | null;
  readonly size: Bundle;
  readonly seconds: number;
}

const bars = { disk: { d: 0.35, c: 1 }, tmpfs: { d: 0.4, c: 1.3 } } as const;
const names = {
  a: "bare Hono proxy",
  b: "gateway, everything on",
  c: "straight to D1 on the way",
  d: "floor: one object, two commits",
} as const;
const letters = ["a", "b", "c", "d"] as const;

export function presentReport(figures: Figures): string {
  const { alone, compared, cost, growth, size } = figures;
  return `# Benchmarks

Made by \`npm run bench -- --write\`. ${describeMachine()}

Each contestant is a bundled Worker on a workerd of its own under Miniflare, reached through a direct socket; autocannon with ${connections} connections on the same machine; ${figures.seconds} s a run, ${compared[0]?.rounds.length ?? 0} rounds, medians. Each round starts all of them anew on empty state, warms them up and begins with another one: how fast one process happens to be differs by a tenth and more from start to start. Ratios are taken within each round, then their median. Only the ratios travel to another machine.

The constant upstream alone answers ${rate(alone)} a second. Each recharge has a new agent id and a new number, all of one partner.

${compared.map(presentComparison).join("\n\n")}

## What one recharge costs

Over 1 000 recharges, from the request to the last row in the ledger.

| what | per recharge | bar |
|---|---|---|
| calls of objects | ${cost.objectHops.toFixed(2)} | |
| rows written by objects, alarms included | ${cost.objectRowsInAll.toFixed(2)} | ${judge(cost.objectRowsInAll <= 16, "at most 16")} |
| rows written by D1 | ${cost.d1Rows.toFixed(2)} | ${judge(cost.d1Rows <= 12, "at most 12")} |
| batches of D1 | ${cost.d1Batches.toFixed(2)} | |
| bundle, gzipped, as \`--minify\` prints it | ${size.gzipKiB.toFixed(0)} KiB | ${judge(size.gzipKiB <= 400, "at most 400 KiB")} |

Calls: ${presentEntries(cost.calls)}.
Rows of objects: ${presentEntries(cost.objectRows)}.

${presentGrowth(growth)}`;
}

function presentComparison({ store, rounds }: Rounds): string {
  const rows = letters.map((letter) => {
    const runs = rounds.map((round) => round[letter]);
    return `| (${letter}) ${names[letter]} | ${median(runs.map((run) => run.perSecond)).toFixed(0)} | ${median(runs.map((run) => run.p50Ms)).toFixed(0)} | ${median(runs.map((run) => run.p99Ms)).toFixed(0)} |`;
  });
  const ratios = (below: "a" | "c" | "d"): readonly number[] =>
    rounds.map((round) => round.b.perSecond / round[below].perSecond);
  const ratio = (below: "a" | "c" | "d"): number => median(ratios(below));
  const spread = (below: "a" | "c" | "d"): string =>
    `${Math.min(...ratios(below)).toFixed(2)} to ${Math.max(...ratios(below)).toFixed(2)}`;
  const bar = bars[store];
  return `## State on ${store}

| | recharges a second | p50 ms | p99 ms |
|---|---|---|---|
${rows.join("\n")}

| ratio | median | of the rounds | bar |
|---|---|---|---|
| (b) to (d) | ${ratio("d").toFixed(2)} | ${spread("d")} | ${judge(ratio("d") >= bar.d, `at least ${bar.d}`)} |
| (b) to (c) | ${ratio("c").toFixed(2)} | ${spread("c")} | ${judge(ratio("c") >= bar.c, `at least ${bar.c}`)} |
| (b) to (a) | ${ratio("a").toFixed(2)} | ${spread("a")} | |`;
}

function presentGrowth(growth: Growth | null): string {
  if (growth === null) return "Growth of one account was not measured in this run.\n";
  const ratio = median(growth.map(({ young, grown }) => grown.perSecond / young.perSecond));
  return `## One account that grows

Two accounts of one gateway, a thousand recharges each in turns, ${growth.length} rounds; medians.

| recharges of the account | a second | p99 ms |
|---|---|---|
${presentRow(
  "1 001 to 6 000",
  growth.map(({ young }) => young),
)}
${presentRow(
  "95 001 to 100 000",
  growth.map(({ grown }) => grown),
)}

Late to early: ${ratio.toFixed(2)} (${judge(ratio >= 0.9, "at least 0.9")}).
`;
}

function presentRow(what: string, runs: readonly Measured[]): string {
  const p99Ms = median(runs.map((run) => run.p99Ms));
  return `| ${what} | ${median(runs.map((run) => run.perSecond)).toFixed(0)} | ${p99Ms.toFixed(0)} |`;
}

function presentEntries(entries: readonly (readonly [string, number])[]): string {
  return entries.map(([name, count]) => `${name} ${count.toFixed(2)}`).join(", ");
}

function rate(measured: Measured): string {
  return measured.perSecond.toFixed(0);
}

function judge(isMet: boolean, bar: string): string {
  return `${bar}: ${isMet ? "met" : "missed"}`;
}

function describeMachine(): string {
  const { packages } = readLock();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `Machine: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${gibibytes} GiB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}, workerd ${packages["node_modules/workerd"]?.version ?? "unknown"}; ${new Date().toISOString().slice(0, 10)}.`;
}

/** The lockfile is npm's own; only versions are read from it. */
function readLock(): { packages: Record<string, { version?: string }> } {
  return JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, { version?: string }> };
}
