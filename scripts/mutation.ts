// `npm run mutation`: mutation tests of the pure folders, each against the tests of that folder alone.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";

interface Target {
  /** What is mutated: a glob. */
  readonly files: string;
  /** Percent of the mutants that the tests of `test/node/<folder>` must notice. */
  readonly bar: number;
}

/** The money's decisions have the higher bar. */
const targets = {
  base: { files: "src/base/**/*.ts", bar: 85 },
  catalog: { files: "src/catalog/**/*.ts", bar: 85 },
  recharges: { files: "src/recharges/**/*.ts", bar: 90 },
  wire: { files: "src/wire/**/*.ts", bar: 85 },
  numbers: { files: "src/numbers/number-guard.ts", bar: 85 },
  ledger: { files: "src/ledger/transfers.ts", bar: 85 },
  reconciliation: { files: "src/reconciliation/**/*.ts", bar: 90 },
} as const satisfies Record<string, Target>;
type Folder = keyof typeof targets;

const reportSchema = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(z.looseObject({ status: z.string() })) })),
});

interface Score {
  readonly name: string;
  /** Percent of the mutants that a test noticed. */
  readonly score: number;
}

/** The folder's score, and that of each file that is below the bar. */
function readScores(path: string, bar: number): { readonly score: number; readonly below: readonly Score[] } {
  const { files } = reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const byFile = Object.entries(files).map(([name, { mutants }]) => ({
    name,
    statuses: mutants.map(({ status }) => status),
  }));
  const below = byFile.flatMap(({ name, statuses }) => {
    const score = scoreOf(statuses);
    return score < bar ? [{ name, score }] : [];
  });
  return { score: scoreOf(byFile.flatMap(({ statuses }) => statuses)), below };
}

function scoreOf(statuses: readonly string[]): number {
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const all = noticed + count("Survived", "NoCoverage");
  return all === 0 ? 100 : (noticed / all) * 100;
}

function isFolder(name: string): name is Folder {
  return Object.hasOwn(targets, name);
}

/** Runs behind everything else on the machine: it takes an hour for all folders, and nobody waits for it. */
function mutate(folder: Folder): boolean {
  const { files } = targets[folder];
  const ran = spawnSync("nice", ["-n", "15", "stryker", "run", "--mutate", files], {
    stdio: "inherit",
    env: { ...process.env, MUTATED_FOLDER: folder },
  });
  return ran.status === 0;
}

const asked = process.argv.slice(2);
const folders = (asked.length === 0 ? Object.keys(targets) : asked).filter(isFolder);
if (folders.length === 0) throw new Error(`name some of ${Object.keys(targets).join(", ")}`);

const outcomes = folders.map((folder) => ({
  folder,
  bar: targets[folder].bar,
  found: mutate(folder) ? readScores("reports/mutation.json", targets[folder].bar) : null,
}));
for (const { folder, bar, found } of outcomes) {
  console.log(`${folder}: ${found === null ? "did not run" : `${found.score.toFixed(2)} % (bar ${bar})`}`);
  for (const { name, score } of found?.below ?? []) console.log(`  below it: ${name} ${score.toFixed(2)} %`);
}
process.exit(outcomes.every(({ found, bar }) => found !== null && found.score >= bar) ? 0 : 1);
