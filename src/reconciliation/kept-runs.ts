// The last runs, kept at the desk named `installation`: how far the one at work is, and what each found. Bounded.
import { z } from "zod";
import type { Clock } from "../base/clock.ts";

export const runStates = ["running", "done", "broke_off"] as const;

const keptRunSchema = z.object({
  /** Epoch ms. */
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  state: z.enum(runStates),
  isThorough: z.boolean(),
  /** Null: the schedule. */
  askedBy: z.string().nullable(),
  /** Asked so far. */
  partners: z.int(),
  differences: z.int(),
  /** Providers whose float differs. */
  floats: z.int(),
  /** Accounts that could not be asked. */
  faults: z.int(),
});
export type KeptRun = z.infer<typeof keptRunSchema>;
export type RunFigures = Pick<KeptRun, "partners" | "differences" | "floats" | "faults">;

/** Texts under names. */
export interface RunNotes {
  readNote(name: string): Promise<string | null>;
  keepNote(name: string, data: string): Promise<void>;
}

const noteName = "runs";
const keptAtMost = 100;
/** Of those that the schedule made and that found nothing. */
const quietAtMost = 20;

/** The newest first. */
export async function readRuns(notes: Pick<RunNotes, "readNote">): Promise<readonly KeptRun[]> {
  const text = await notes.readNote(noteName);
  return text === null ? [] : z.array(keptRunSchema).parse(JSON.parse(text));
}

/**
 * Keeps how one run stands, by its start. One run is at work at a time (the lease), so another that is said to be at work
 * has broken off.
 */
async function keepRun(notes: RunNotes, run: KeptRun): Promise<void> {
  const others = (await readRuns(notes)).filter(({ startedAt }) => startedAt !== run.startedAt);
  const ended = others.map((one): KeptRun => (one.state === "running" ? { ...one, state: "broke_off" } : one));
  await notes.keepNote(noteName, JSON.stringify(bound([run, ...ended])));
}

function bound(runs: readonly KeptRun[]): readonly KeptRun[] {
  let quiet = 0;
  return runs
    .filter((run) => {
      quiet += isQuiet(run) ? 1 : 0;
      return !isQuiet(run) || quiet <= quietAtMost;
    })
    .slice(0, keptAtMost);
}

function isQuiet({ state, askedBy, isThorough, differences, floats, faults }: KeptRun): boolean {
  return state === "done" && askedBy === null && !isThorough && differences + floats + faults === 0;
}

export interface RunKeeper {
  readonly progress: (figures: RunFigures) => Promise<void>;
  /** Null: the run broke off. Does nothing for a run that never began. */
  readonly end: (figures: RunFigures | null) => Promise<void>;
}

/** Keeps one run from its begin to its end. */
export function runKeeper(notes: RunNotes, clock: Clock, about: Pick<KeptRun, "isThorough" | "askedBy">): RunKeeper {
  let run: KeptRun | null = null;
  return {
    progress: async ({ partners, differences, floats, faults }) => {
      const startedAt = run?.startedAt ?? clock.now();
      run = { ...about, startedAt, endedAt: null, state: "running", partners, differences, floats, faults };
      await keepRun(notes, run);
    },
    end: async (figures) => {
      if (run === null) return;
      const { partners, differences, floats, faults } = figures ?? run;
      const state = figures === null ? "broke_off" : "done";
      await keepRun(notes, { ...run, partners, differences, floats, faults, endedAt: clock.now(), state });
    },
  };
}
