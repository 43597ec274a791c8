// One soak run from an empty installation to the facts at its end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInstallation } from "../installation.ts";
import { findFreePort } from "../worker-process.ts";
import type { Experience } from "./client.ts";
import { brokenFacts } from "./facts.ts";
import type { Scene } from "./incidents.ts";
import { type LedgerKind, startLedger } from "./ledger.ts";
import { newProgress, type Progress, runLoad } from "./load.ts";
import { createPartners } from "./partners.ts";
import { scheduleOf, type SoakOrder } from "./schedule.ts";
import { type Findings, readFindings, settleDown } from "./settle.ts";
import { soakSettings } from "./settings.ts";

export interface SoakOptions {
  readonly recharges: number;
  readonly seed: string;
  readonly ledger: LedgerKind;
  /** Gets each line that gateway and simulator log; absent: they are only counted. */
  readonly onLog?: (line: string) => void;
  /** Told every few seconds how far it is. */
  readonly onProgress: (line: string) => void;
}

export interface SoakResult {
  readonly seed: string;
  readonly ledger: LedgerKind;
  readonly orders: readonly SoakOrder[];
  readonly experiences: ReadonlyMap<SoakOrder, Experience>;
  readonly findings: Findings;
  readonly progress: Progress;
  /** Batches of the ledger that failed on demand, by kind. */
  readonly ledgerFailures: ReadonlyMap<string, number>;
  /** Lines of the gateway's log that are no info, by event. */
  readonly logged: ReadonlyMap<string, number>;
  readonly broken: readonly string[];
  readonly seconds: number;
}

const progressEveryMs = 5_000;

/** Leaves nothing running and nothing on disk, also when the process is ended by `process.exit`. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const statePath = mkdtempSync(join(tmpdir(), "soak-"));
  const dropState = (): void => rmSync(statePath, { recursive: true, force: true });
  process.once("exit", dropState);
  const ledgerFailures = new Map<string, number>();
  const logged = new Map<string, number>();
  const ledger = await startLedger(options.ledger, (failure) => countIn(ledgerFailures, failure));
  try {
    const installation = await startInstallation({
      statePath,
      gatewayPort: await findFreePort(),
      simulatorPort: await findFreePort(),
      ...soakSettings,
      vars: { ...soakSettings.vars, ...ledger.vars },
      onLog: (line) => {
        options.onLog?.(line);
        noteLine(line, { ledgerFailures, logged });
      },
    });
    try {
      const scene: Scene = { installation, ledger, partners: await createPartners(installation) };
      return { ...(await runOn(scene, options)), ledgerFailures, logged };
    } finally {
      await installation.dispose();
    }
  } finally {
    await ledger.dispose();
    dropState();
    process.off("exit", dropState);
  }
}

async function runOn(
  scene: Scene,
  { recharges, seed, ledger, onProgress }: SoakOptions,
): Promise<Omit<SoakResult, "ledgerFailures" | "logged">> {
  const startedAt = Date.now();
  const schedule = scheduleOf(seed, recharges);
  const progress = newProgress();
  const tell = (): void => onProgress(describe(progress, recharges));
  const ticking = setInterval(tell, progressEveryMs);
  try {
    const experiences = await runLoad(scene, schedule, progress);
    tell();
    onProgress("settling");
    await settleDown(scene, schedule.orders);
    onProgress("reading what became of it");
    const findings = await readFindings(scene, schedule.orders);
    const { orders } = schedule;
    const broken = brokenFacts({ orders, experiences, findings });
    return { seed, ledger, orders, experiences, findings, progress, broken, seconds: (Date.now() - startedAt) / 1_000 };
  } finally {
    clearInterval(ticking);
  }
}

function describe({ begun, answered, incidents }: Progress, recharges: number): string {
  const happened = [...incidents].map(([kind, count]) => `${kind} ${count}`).join(", ");
  return `${begun} of ${recharges} begun, ${answered} answered; ${happened}`;
}

function noteLine(
  line: string,
  { ledgerFailures, logged }: Readonly<Record<"ledgerFailures" | "logged", Map<string, number>>>,
): void {
  const failed = /^soak\.ledger_failed (\w+)/.exec(line)?.[1];
  if (failed !== undefined) return countIn(ledgerFailures, failed);
  const [, level, event] = /"level":"(\w+)".*"event":"([\w.]+)"/.exec(line) ?? [];
  if (level !== undefined && event !== undefined && level !== "info") countIn(logged, `${level} ${event}`);
}

function countIn(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
