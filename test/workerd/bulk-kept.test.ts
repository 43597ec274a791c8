// What keeps a file of recharges going, and for how long it is kept.
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sweepBulkRuns } from "../../src/services/bulk.ts";
import { ask, newPartner } from "../support/api-journey.ts";
import { goodRows, headings, readProgress, start, stop, untilState, upload } from "../support/bulk-journey.ts";
import { skipTime, useSimulator, until } from "../support/sandbox.ts";

const dayMs = 86_400_000;

beforeEach(() => useSimulator());
afterEach(() => {
  vi.useRealTimers();
});

test("a run whose alarm was lost is found by the scheduled run", async () => {
  const partner = await newPartner();
  const { id } = await upload(partner, [headings, ...goodRows(2)]);
  await start(partner, id, { per_minute: 60 });
  await until(async () => (await readProgress(partner, id)).rows.placed, 1);
  const stub = env.BULK.getByName(`bulk-${partner.account}`);
  await runInDurableObject(stub, (_instance, state) => state.storage.deleteAlarm());
  const alarm = () => runInDurableObject(stub, (_instance, state) => state.storage.getAlarm());
  expect(await alarm()).toBeNull();
  await sweepBulkRuns(env);
  expect(await alarm()).not.toBeNull();
  await untilState(partner, id, "done");
  expect((await readProgress(partner, id)).rows).toMatchObject({ placed: 2, waiting: 0 });
});

test("a file that ended, or was never started, goes to the archive after ninety days; one that is paused does not", async () => {
  const partner = await newPartner();
  const [cancelled, checked, paused] = [
    await upload(partner, [headings, ...goodRows(1)]),
    await upload(partner, [headings, ...goodRows(1)]),
    await upload(partner, [headings, ...goodRows(2)]),
  ];
  await stop(partner, cancelled.id, "cancel");
  await start(partner, paused.id, { per_minute: 1 });
  await stop(partner, paused.id, "pause");
  const stub = env.BULK.getByName(`bulk-${partner.account}`);
  skipTime(89 * dayMs);
  await runDurableObjectAlarm(stub);
  expect((await readProgress(partner, checked.id)).state).toBe("checked");
  vi.useRealTimers();
  skipTime(91 * dayMs);
  const put = vi.spyOn(Object.getPrototypeOf(env.ARCHIVE), "put").mockRejectedValue(new Error("R2 is down"));
  await runDurableObjectAlarm(stub);
  put.mockRestore();
  expect((await readProgress(partner, checked.id)).state, "what cannot be archived stays").toBe("checked");
  await runDurableObjectAlarm(stub);
  vi.useRealTimers();
  const { objects } = await env.ARCHIVE.list({ prefix: `bulk/${partner.id}/` });
  expect(new Set(objects.map(({ key }) => key.split("/")[2]?.split("_20")[0]))).toEqual(
    new Set([cancelled.id, checked.id]),
  );
  const kept = await env.ARCHIVE.get(objects[0]?.key ?? "");
  expect((await kept?.text())?.trimEnd().split("\n").length, "the file, and its row").toBe(2);
  expect((await ask(partner.key, `/v1/bulk-recharges/${cancelled.id}`)).status).toBe(404);
  expect((await ask(partner.key, `/v1/bulk-recharges/${checked.id}`)).status).toBe(404);
  expect((await readProgress(partner, paused.id)).state).toBe("paused");
});
