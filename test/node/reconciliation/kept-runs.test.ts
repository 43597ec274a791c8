// The list of runs: how one stands, what is kept of many, and what became of a run that nobody heard of any more.
import { expect, test } from "vitest";
import { readRuns, runKeeper } from "../../../src/reconciliation/kept-runs.ts";

function openNotes() {
  const kept = new Map<string, string>();
  const time = { now: 1_000 };
  const notes = {
    readNote: async (name: string) => kept.get(name) ?? null,
    keepNote: async (name: string, data: string) => void kept.set(name, data),
  };
  return { notes, time, clock: { now: () => time.now } };
}

const clean = { partners: 3, differences: 0, floats: 0, faults: 0 };

test("a run is told while it is at work, and with what it found at its end", async () => {
  const { notes, time, clock } = openNotes();
  const keeper = runKeeper(notes, clock, { isThorough: true, askedBy: "asha" });
  await keeper.end(clean);
  expect(await readRuns(notes)).toEqual([]);
  await keeper.progress({ ...clean, partners: 0 });
  await keeper.progress({ ...clean, partners: 100 });
  const begun = { startedAt: 1_000, isThorough: true, askedBy: "asha" };
  expect(await readRuns(notes)).toMatchObject([{ ...begun, endedAt: null, state: "running", partners: 100 }]);
  time.now = 5_000;
  await keeper.end({ ...clean, partners: 130, differences: 2 });
  expect(await readRuns(notes)).toEqual([
    { ...begun, ...clean, endedAt: 5_000, state: "done", partners: 130, differences: 2 },
  ]);
});

test("a run that broke off says so, also when only the next one notices", async () => {
  const { notes, time, clock } = openNotes();
  const thrown = runKeeper(notes, clock, { isThorough: false, askedBy: null });
  await thrown.progress(clean);
  await thrown.end(null);
  time.now += 1;
  await runKeeper(notes, clock, { isThorough: false, askedBy: null }).progress(clean);
  time.now += 1;
  await runKeeper(notes, clock, { isThorough: false, askedBy: null }).progress(clean);
  expect((await readRuns(notes)).map(({ state }) => state)).toEqual(["running", "broke_off", "broke_off"]);
});

test("scheduled runs that found nothing push out no run that did, and the list is bounded", async () => {
  const { notes, time, clock } = openNotes();
  const run = async (found: Partial<typeof clean>) => {
    time.now += 1;
    const keeper = runKeeper(notes, clock, { isThorough: false, askedBy: null });
    await keeper.progress(clean);
    await keeper.end({ ...clean, ...found });
  };
  await run({ differences: 1 });
  for (let count = 0; count < 50; count += 1) await run({});
  const runs = await readRuns(notes);
  expect([runs.length, runs.at(-1)?.differences]).toEqual([21, 1]);
  for (let count = 0; count < 120; count += 1) await run({ faults: 1 });
  expect(await readRuns(notes)).toHaveLength(100);
});

/** What sets a run apart from one of the schedule's that found nothing; `figures` null: it broke off. */
interface Unlike {
  readonly askedBy?: string;
  readonly isThorough?: boolean;
  readonly figures?: typeof clean | null;
}

test.each<readonly [string, Unlike]>([
  ["was asked for", { askedBy: "asha" }],
  ["was thorough", { isThorough: true }],
  ["broke off", { figures: null }],
  ["found a float that differs", { figures: { ...clean, floats: 1 } }],
  ["met as many faults as differences", { figures: { ...clean, differences: 1, faults: 1 } }],
  ["met as many faults as floats that differ", { figures: { ...clean, floats: 1, faults: 1 } }],
])("a run that %s stays, however many found nothing after it", async (_what, more) => {
  const { notes, time, clock } = openNotes();
  const run = async ({ askedBy, isThorough = false, figures = clean }: Unlike) => {
    time.now += 1;
    const keeper = runKeeper(notes, clock, { isThorough, askedBy: askedBy ?? null });
    await keeper.progress(clean);
    await keeper.end(figures);
  };
  await run(more);
  for (let count = 0; count < 25; count += 1) await run({});
  const runs = await readRuns(notes);
  expect([runs.length, runs.at(-1)?.startedAt]).toEqual([21, 1_001]);
});
