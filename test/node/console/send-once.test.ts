// What becomes of a form whose sender has gone, whose twin was refused, or whose answer could not be kept.
import { Hono } from "hono";
import { expect, test, vi } from "vitest";
import type { Asked } from "../../../src/console/ask.ts";
import type { ConsoleEnv } from "../../../src/console/console-env.ts";
import { sendOnce } from "../../../src/console/send-once.ts";
import type { Guest } from "../../../src/partners/sessions.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { hashSecret } from "../../support/partner-rows.ts";

const guest: Guest = { kind: "staff", person: "Asha", scopes: ["admin"] };
const done: Asked<unknown> = { ok: true, status: 200, value: { secret: "shown once" } };
const refused: Asked<unknown> = {
  ok: false,
  refused: { status: 422, code: "balance", detail: "It is too little.", problems: [] },
};

/** One form, sent as often as one likes; `work` is what it stands for, told how often it was done before. */
function openForm(work: (before: number) => Promise<Asked<unknown>>) {
  const database = openMemoryDatabase();
  const clock = { now: () => Date.UTC(2026, 10, 2) };
  const outlives: Promise<unknown>[] = [];
  const logged: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (event: string) => void logged.push(event) };
  const limiter = { take: () => ({ isAllowed: true, remaining: 1, seconds: 0 }) };
  const id = crypto.randomUUID();
  let times = 0;
  const app = new Hono<ConsoleEnv>().post("/", async (c) => {
    const staff = { database, hashSecret, clock };
    c.set("session", { guest, openedBy: "link", expiresAt: Number.MAX_SAFE_INTEGER });
    c.set("services", { clock, log, limiter, staff, findByAccess: null, asset: async () => new Response() });
    return c.json(
      await sendOnce(c, id, () => {
        times += 1;
        return work(times - 1);
      }),
    );
  });
  const context = {
    waitUntil: (promise: Promise<unknown>) => void outlives.push(promise),
    passThroughOnException: () => {},
    props: {},
  };
  const send = async (): Promise<unknown> => (await app.request("/", { method: "POST" }, {}, context)).json();
  return { send, database, outlives, logged, times: () => times };
}

test("goes on when its sender has gone, so that the next one hears what it came to", async () => {
  const work = Promise.withResolvers<Asked<unknown>>();
  const { send, outlives, times } = openForm(() => work.promise);
  const first = send();
  await expect.poll(() => outlives.length).toBe(1);
  const second = send();
  work.resolve(done);
  expect(await outlives[0]).toEqual(done);
  expect([await first, await second, times()]).toEqual([done, done, 1]);
});

test("that throws is told to its sender alone, and what outlives it throws no more", async () => {
  const { send, outlives } = openForm(() => Promise.reject(new Error("lost")));
  await send().catch(() => null);
  expect(await Promise.all(outlives)).toEqual([null]);
});

test("is refused as the first of two at once was, and what came of it is not called unknown", async () => {
  const work = Promise.withResolvers<Asked<unknown>>();
  const { send, times } = openForm((before) => (before === 0 ? work.promise : Promise.resolve(refused)));
  const first = send();
  await expect.poll(times).toBe(1);
  const second = send();
  work.resolve(refused);
  expect([await first, await second, times()]).toEqual([refused, refused, 2]);
});

test("tells its sender what it came to, a secret too, where that cannot be kept; the next one is not done", async () => {
  const { send, database, logged, times } = openForm(async () => {
    database.become("down");
    return done;
  });
  expect(await send()).toEqual(done);
  expect(logged).toEqual(["console.answer_not_kept"]);
  database.become("up");
  vi.useFakeTimers();
  const again = send();
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(await again).toMatchObject({ refused: { code: "sent_before" } });
  expect(times()).toBe(1);
});
