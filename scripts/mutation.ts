// `npm run mutation`: mutation tests of the pure folders, each against the tests of that folder alone.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** What is mutated, and the folder of `test/node` whose tests must notice. */
const pure = {
  base: "src/base/**/*.ts",
  catalog: "src/catalog/**/*.ts",
  recharges: "src/recharges/**/*.ts",
  wire: "src/wire/**/*.ts",
  numbers: "src/numbers/number-guard.ts",
  ledger: "src/ledger/transfers.ts",
} as const;
const bar = 85;

const reportSchema = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(z.looseObject({ status: z.string() })) })),
});

/** Percent of the mutants that a test noticed. */
function readScore(path: string): number {
  const { files } = reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  return (noticed / (noticed + count("Survived", "NoCoverage"))) * 100;
}

function isPure(folder: string): folder is keyof typeof pure {
  return Object.hasOwn(pure, folder);
}

const asked = process.argv.slice(2);
const folders = (asked.length === 0 ? Object.keys(pure) : asked).filter(isPure);
if (folders.length === 0) throw new Error(`name some of ${Object.keys(pure).join(", ")}`);

const scores = folders.map((folder) => {
  const ran = spawnSync("stryker", ["run", "--mutate", pure[folder]], {
    stdio: "inherit",
    env: { ...process.env, MUTATED_FOLDER: folder },
  });
  return { folder, score: ran.status === 0 ? readScore("reports/mutation.json") : null };
});
for (const { folder, score } of scores)
  console.log(`${folder}: ${score === null ? "did not run" : `${score.toFixed(2)} %`}`);
process.exit(scores.every(({ score }) => score !== null && score >= bar) ? 0 : 1);
