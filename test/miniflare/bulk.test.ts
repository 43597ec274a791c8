// A file of recharges on workerd itself, killed half-way: each good row once, each bad row named. `BULK_ROWS=10000` runs the largest file.
import { setTimeout as sleep } from "node:timers/promises";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Installation } from "../../scripts/installation.ts";
import { ask, dropState, makeStatePath, startSandbox, until } from "./sandbox.ts";

const count = Number(process.env["BULK_ROWS"] ?? 200);
const badCount = 37;
const limitMs = 30_000 + count * 90;
/** So many calls at once take the upstream longer, and asking how far it is costs more. */
const isLarge = count > 1_000;
const perMinute = isLarge ? 1_800 : 3_000;
const statePath = makeStatePath();
let installation: Installation;

beforeAll(async () => {
  installation = await startSandbox(statePath, {
    vars: {
      BULK_PER_MINUTE: String(perMinute),
      TIMES: JSON.stringify({ startByMs: 5_000, outboxDelayMs: 50, outboxRetryMs: 500, bulkTickMs: 200 }),
    },
    providerSettings: () => ({ callLimitMs: isLarge ? 20_000 : 5_000, lookupScheduleMs: [300, 1_000, 3_000] }),
  });
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  dropState(statePath);
});

/** What can be wrong with a row, and the column and code by which it is named. */
const wrongs = [
  { cells: ["in.nobody.prepaid", "9800000100", "10.00"], column: "product", code: "product_unknown" },
  { cells: ["in.airtel.prepaid", "12345", "10.00"], column: "number", code: "number" },
  { cells: ["in.airtel.prepaid", "9800000200", "5.00"], column: "amount", code: "amount_range" },
  { cells: ["in.airtel.prepaid", "9800000300", "10.50"], column: "amount", code: "amount_step" },
  { cells: ["in.airtel.prepaid", "9800000400", "ten"], column: "amount", code: "parameter" },
] as const;

const step = Math.floor(count / badCount);
const lines = Array.from({ length: count }, (_, index) => {
  const place = Math.floor(index / step);
  const wrong = index % step === step - 1 && place < badCount ? wrongs[place % wrongs.length] : undefined;
  const number = `9${String(1_000_000 + index)}00`;
  return { line: index + 2, wrong, number, cells: wrong?.cells ?? ["in.airtel.prepaid", number, "10.00"] };
});
const bad = lines.filter(({ wrong }) => wrong !== undefined);
const good = lines.filter(({ wrong }) => wrong === undefined);

const bulkSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  rows: z.object({ bad: z.int(), waiting: z.int(), placed: z.int(), refused: z.int() }),
  outcomes: z.looseObject({ pending: z.int(), succeeded: z.int() }).nullable(),
});
const problemsSchema = z.object({
  bad_rows: z.array(
    z.looseObject({
      line: z.int(),
      problems: z.array(z.object({ column: z.string().nullable(), code: z.string(), reason: z.string() })),
    }),
  ),
});
const entriesSchema = z.array(z.looseObject({ id: z.int(), number: z.string(), executions: z.int() }));
const path = "/v1/bulk-recharges";

async function upload() {
  const reply = await fetch(`${installation.gateway.url}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer rk_test_demo", "content-type": "text/csv" },
    body: ["product,number,amount", ...lines.map(({ cells }) => cells.join(","))].join("\n"),
  });
  return bulkSchema.parse(await reply.json());
}

async function read(id: string) {
  if (isLarge) await sleep(2_000);
  return bulkSchema.parse(await (await ask(installation, `${path}/${id}`)).json());
}

/** How often the upstream executed each number. */
async function readExecutions(): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let after = 0; ; ) {
    const page = entriesSchema.parse(
      await (await fetch(`${installation.simulator.url}/journal?after=${after}`)).json(),
    );
    for (const { number, executions } of page) found.set(number, (found.get(number) ?? 0) + executions);
    const last = page.at(-1);
    if (last === undefined) return found;
    after = last.id;
  }
}

function isRight(status: string, executed: number, isBad: boolean): boolean {
  if (isBad) return status === "bad" && executed === 0;
  return executed <= 1 && status === (executed === 0 ? "failed" : "succeeded");
}

/**
 * The lines whose result and the upstream's journal disagree. What was written and not yet sent when the gateway died has failed:
 * it was never executed, and its money is back.
 */
async function findWrong(id: string): Promise<readonly number[]> {
  const csv = (await (await ask(installation, `${path}/${id}/result`)).text()).replace(/^\uFEFF/, "");
  const result = Papa.parse<Record<string, string>>(csv.trim(), { header: true }).data;
  const told = new Map(result.map(({ line, status }) => [Number(line), status ?? ""]));
  const executions = await readExecutions();
  const wrong = lines.filter(
    ({ line, number, wrong: found }) =>
      !isRight(told.get(line) ?? "", executions.get(number) ?? 0, found !== undefined),
  );
  return wrong.map(({ line }) => line);
}

test(
  `${count} rows with ${badCount} bad ones, killed half-way: each good row once, each bad row named`,
  async () => {
    const uploaded = await upload();
    expect(uploaded.rows).toEqual({ bad: badCount, waiting: count - badCount, placed: 0, refused: 0 });
    const { id } = uploaded;
    const problems = problemsSchema.parse(await (await ask(installation, `${path}/${id}/problems`)).json());
    expect(problems.bad_rows.map(({ line, problems: [first] }) => [line, first?.column, first?.code])).toEqual(
      bad.map(({ line, wrong }) => [line, wrong?.column, wrong?.code]),
    );
    expect(problems.bad_rows.every(({ problems: [first] }) => (first?.reason ?? "") !== "")).toBe(true);

    const start = { method: "POST", body: JSON.stringify({ skip_bad: true }) };
    expect((await ask(installation, `${path}/${id}/start`, start)).status).toBe(200);
    await until(
      () => read(id),
      ({ rows }) => rows.placed > good.length / 2,
      limitMs,
    );
    await installation.gateway.crash();
    const resumed = await until(
      () => read(id),
      ({ state }) => state === "running" || state === "done",
      limitMs,
    );
    expect(resumed?.rows.placed).toBeLessThan(good.length);

    // As a partner does who has not heard: the same file again, and another start.
    expect((await upload()).id).toBe(id);
    await ask(installation, `${path}/${id}/start`, start);
    const done = await until(
      () => read(id),
      ({ state, outcomes }) => state === "done" && outcomes?.pending === 0,
      limitMs,
    );
    expect(done?.rows).toEqual({ bad: badCount, waiting: 0, placed: good.length, refused: 0 });
    expect(done?.outcomes?.succeeded).toBeGreaterThan(good.length * 0.9);
    expect(await findWrong(id)).toEqual([]);
  },
  limitMs * 3,
);
