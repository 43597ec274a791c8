// `npm run bench`: the gateway against a bare proxy, a sketch that writes straight to D1, and the floor.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { type Contestant, startContestants, startGateway, startUpstream } from "./bench/contestants.ts";
import { countCost } from "./bench/counts.ts";
import { type Measured, runLoad } from "./bench/load.ts";
import { type Growth, presentReport, type Round, type Rounds } from "./bench/report.ts";

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

/** Alternating: each round runs all four, beginning with another one each time. The first round warms up. */
async function compare(upstreamUrl: string, store: (typeof stores)[number]): Promise<Rounds> {
  return await withState(store.under, async (statePath) => {
    const contestants = await startContestants(upstreamUrl, statePath);
    try {
      const measured: Round[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        console.log(`${store.name}, ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}`);
        const results: Partial<Record<Contestant["letter"], Measured>> = {};
        for (let turn = 0; turn < contestants.length; turn += 1) {
          const contestant = contestants[(round + turn) % contestants.length];
          if (contestant === undefined) continue;
          results[contestant.letter] = await measure(contestant);
          await contestant.rest();
        }
        const { a, b, c, d } = results;
        if (round > 0 && a && b && c && d) measured.push({ a, b, c, d });
      }
      return { store: store.name, rounds: measured };
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.dispose()));
    }
  });
}

/** One account from its first recharge to its 100 000th. */
async function measureGrowth(upstreamUrl: string): Promise<Growth> {
  return await withState(".state", async (statePath) => {
    const gateway = await startGateway(upstreamUrl, statePath);
    const run = (recharges: number): Promise<Measured> => runLoad({ ...gateway, until: { recharges } });
    try {
      await run(1_000);
      const early = await run(5_000);
      await run(89_000);
      return { early, late: await run(5_000) };
    } finally {
      await gateway.dispose();
    }
  });
}

const upstream = await startUpstream();
try {
  const alone = await runLoad({ url: upstream.url, until: { seconds } });
  console.log(`constant upstream alone: ${alone.perSecond.toFixed(0)} a second`);
  const compared: Rounds[] = [];
  for (const store of stores) compared.push(await compare(upstream.url, store));
  const cost = await withState(".state", (statePath) => countCost(upstream.url, statePath));
  const growth = given.skipGrowth ? null : await measureGrowth(upstream.url);
  const report = presentReport({ alone, compared, cost, growth, size: await bundle("wrangler.toml"), seconds });
  console.log(report);
  if (given.write) writeFileSync("docs/benchmarks.md", report);
} finally {
  await upstream.dispose();
}
