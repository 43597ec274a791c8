// `npm run bench`: the gateway against a bare proxy, a sketch that writes straight to D1, and the floor.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { type Contestant, startContestants, startUpstream } from "./bench/contestants.ts";
import { countCost } from "./bench/counts.ts";
import { measureGrowth } from "./bench/growth.ts";
import { type Measured, runLoad } from "./bench/load.ts";
import { presentReport, type Round, type Rounds } from "./bench/report.ts";

const { values: given } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    skipGrowth: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(given.rounds);
const seconds = Number(given.seconds);
/** Until the machine code of what a recharge does is made. */
const warmUpSeconds = 3;
const stores = [
  { name: "disk", under: ".state" },
  { name: "tmpfs", under: "/dev/shm" },
] as const;

/** Runs `work` with a directory that is gone afterwards. */
async function withState<Value>(under: string, work: (statePath: string) => Promise<Value>): Promise<Value> {
  mkdirSync(under, { recursive: true });
  const statePath = mkdtempSync(join(under, "bench-"));
  try {
    return await work(statePath);
  } finally {
    rmSync(statePath, { recursive: true, force: true });
  }
}

async function measure(contestant: Contestant): Promise<Measured> {
  const measured = await runLoad({ ...contestant, until: { seconds } });
  console.log(`  (${contestant.letter}) ${contestant.name}: ${measured.perSecond.toFixed(0)} recharges a second`);
  return measured;
}

/** Each round starts all four anew, warms them up, and begins with another one. */
async function compare(upstreamUrl: string, store: (typeof stores)[number]): Promise<Rounds> {
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`${store.name}, round ${round} of ${rounds}`);
    measured.push(await withState(store.under, (statePath) => runRound(upstreamUrl, statePath, round)));
  }
  return { store: store.name, rounds: measured };
}

async function runRound(upstreamUrl: string, statePath: string, round: number): Promise<Round> {
  const contestants = await startContestants(upstreamUrl, statePath);
  try {
    for (const contestant of contestants) {
      await runLoad({ ...contestant, until: { seconds: warmUpSeconds } });
      await contestant.rest();
    }
    const results: Partial<Record<Contestant["letter"], Measured>> = {};
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const contestant = contestants[(round + turn) % contestants.length];
      if (contestant === undefined) continue;
      results[contestant.letter] = await measure(contestant);
      await contestant.rest();
    }
    const { a, b, c, d } = results;
    if (!a || !b || !c || !d) throw new Error("a round measures all four");
    return { a, b, c, d };
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.dispose()));
  }
}

const upstream = await startUpstream();
try {
  const alone = await runLoad({ url: upstream.url, until: { seconds } });
  console.log(`constant upstream alone: ${alone.perSecond.toFixed(0)} a second`);
  const compared: Rounds[] = [];
  for (const store of stores) compared.push(await compare(upstream.url, store));
  const cost = await withState(".state", (statePath) => countCost(upstream.url, statePath));
  const growth = given.skipGrowth
    ? null
    : await withState(".state", (statePath) => measureGrowth(upstream.url, statePath));
  const report = presentReport({ alone, compared, cost, growth, size: await bundle("wrangler.toml"), seconds });
  console.log(report);
  if (given.write) writeFileSync("docs/benchmarks.md", report);
} finally {
  await upstream.dispose();
}
