// `npm run soak -- --recharges 10000 --seed 1 --ledger d1`: a soak run with everything that can go wrong, and the facts at its end.
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ledgerKinds } from "./soak/ledger.ts";
import { presentResult } from "./soak/report.ts";
import { runSoak } from "./soak/run.ts";

const { values: given } = parseArgs({
  options: {
    recharges: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now()) },
    ledger: { type: "string", default: "d1" },
    /** A file that gets all that gateway and simulator log. */
    log: { type: "string" },
  },
});
const ledger = ledgerKinds.find((kind) => kind === given.ledger);
if (ledger === undefined) throw new Error(`--ledger is one of ${ledgerKinds.join(", ")}`);
console.log(`soak: ${given.recharges} recharges on ${ledger}, --seed ${given.seed}`);
const { log } = given;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const startedAt = Date.now();
const result = await runSoak({
  recharges: Number(given.recharges),
  seed: given.seed,
  ledger,
  ...(log === undefined ? {} : { onLog: (line: string) => appendFileSync(log, `${line}\n`) }),
  onProgress: (line) => console.log(`${Math.round((Date.now() - startedAt) / 1_000)} s: ${line}`),
});
console.log(`\n${presentResult(result)}`);
process.exit(result.broken.length === 0 ? 0 : 1);
