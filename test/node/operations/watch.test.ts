// Alerts from the pulse to a person: told once, again after a while, and when over, whatever channels and crashes do.
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import type { AlertChannel } from "../../../src/operations/alert-send.ts";
import { readAlerts, testChannels, watchPulse, type WatchParts } from "../../../src/operations/watch.ts";
import type { Pulse } from "../../../src/operations/pulse.ts";
import type { Send, SendInit } from "../../../src/webhooks/send.ts";
import { goodProvider, goodPulse } from "../../support/sample-pulse.ts";

const minuteMs = 60_000;
const secret = `whsec_${btoa("a secret of twenty-four bytes or more")}`;
const hook: AlertChannel = { kind: "webhook", name: "hook", url: "https://alerts.test/hook", secret };
const bot: AlertChannel = {
  kind: "telegram",
  name: "bot",
  token: "12345:telegram-token-for-tests",
  chatId: "-100200",
  apiUrl: "https://telegram.test",
};
const bad: Pulse = { ...goodPulse, providers: [{ ...goodProvider, breaker: "open" }] };

let now: number;
let notes: Map<string, string>;
let calls: { url: string; init: SendInit }[];
let answer: (url: string) => Response | Promise<Response>;
let isFree: boolean;

beforeEach(() => {
  now = Date.UTC(2026, 10, 2, 12);
  notes = new Map();
  calls = [];
  isFree = true;
  answer = (url) => Response.json(url.includes("telegram") ? { ok: true, result: { message_id: 1 } } : {});
});

const fetch: Send = async (url, init) => {
  calls.push({ url, init });
  return answer(url);
};

function parts(channels: readonly AlertChannel[] = [hook]): WatchParts {
  return {
    clock: { now: () => now },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    fetch,
    notes: {
      readNote: async (name) => notes.get(name) ?? null,
      keepNote: async (name, data) => void notes.set(name, data),
    },
    leases: { takeLease: async () => ({ granted: isFree }), endLease: async () => undefined },
    leaseMs: 1_000,
    limits: {
      doubtAgeMs: 1,
      caseAgeMs: 1,
      outboxLagMs: 1,
      floatBelow: new Map(),
      webhooksDead: 1,
      objectBytes: 1,
    },
    times: { againAfterMs: 60 * minuteMs, overAfterMs: 2 * minuteMs },
    channels,
  };
}

/** Each minute one run; `pulses` says what it finds. */
async function run(pulses: readonly Pulse[], channels?: readonly AlertChannel[]): Promise<void> {
  for (const pulse of pulses) {
    await watchPulse(parts(channels), { ...pulse, at: now });
    now += minuteMs;
  }
}

const told = () => calls.map(({ init }) => JSON.parse(init.body ?? "{}") as { type: string; data: { id: string } });
const kinds = () => told().map(({ type }) => type);
const minutes = (count: number, pulse: Pulse) => Array.from({ length: count }, () => pulse);

describe("an alert", () => {
  it("is told once, again after a while, and when it has been gone for a while", async () => {
    await run(minutes(60, bad));
    expect(kinds()).toEqual(["alert.raised"]);
    await run(minutes(2, bad));
    expect(kinds()).toEqual(["alert.raised", "alert.again"]);
    await run([goodPulse, bad, goodPulse, goodPulse]);
    expect(kinds()).toHaveLength(2);
    await run([goodPulse]);
    expect(kinds()).toEqual(["alert.raised", "alert.again", "alert.over"]);
    await run(minutes(90, goodPulse));
    expect(kinds()).toHaveLength(3);
  });

  it("is not over because nobody was heard", async () => {
    await run([bad, ...minutes(10, { ...goodPulse, providers: [], unheard: ["nurr-1"] })]);
    expect(kinds()).toEqual(["alert.raised"]);
    expect((await readAlerts(parts().notes)).standing).toMatchObject([{ rule: "breaker_open", goneAt: null }]);
  });

  it("carries a signature that the public library verifies, and its time and severity", async () => {
    now = Date.now();
    const at = new Date(now).toISOString();
    await run([bad]);
    const [call] = calls;
    const body = new Webhook(secret).verify(call?.init.body ?? "", { ...call?.init.headers });
    expect(body).toEqual({
      type: "alert.raised",
      timestamp: at,
      data: {
        id: call?.init.headers["webhook-id"],
        rule: "breaker_open",
        subject: "nurr-1",
        severity: "page",
        text: "The breaker of nurr-1 is open: no recharge goes there.",
        raised_at: at,
      },
    });
  });

  it("reaches a chat of Telegram", async () => {
    await run([bad], [bot]);
    expect(calls[0]?.url).toBe("https://telegram.test/bot12345:telegram-token-for-tests/sendMessage");
    expect(JSON.parse(calls[0]?.init.body ?? "")).toEqual({
      chat_id: "-100200",
      text: "ALERT breaker_open nurr-1\nThe breaker of nurr-1 is open: no recharge goes there.",
    });
  });
});

describe("a channel that does not take it", () => {
  it("is told again at each run, under the same id, and holds up no other", async () => {
    answer = (url) =>
      url.includes("telegram") ? Response.json({ ok: true, result: {} }) : Promise.reject(new Error("unreachable"));
    await run(minutes(3, bad), [hook, bot]);
    expect(calls.filter(({ url }) => url.includes("telegram"))).toHaveLength(1);
    const ids = calls.filter(({ url }) => url.includes("hook")).map(({ init }) => init.headers["webhook-id"]);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    answer = () => new Response();
    await run(minutes(2, bad), [hook, bot]);
    expect(calls.filter(({ url }) => url.includes("hook"))).toHaveLength(4);
    expect((await readAlerts(parts().notes)).unsent).toEqual([]);
  });

  it("hears everything in its order when it is back, and nothing that is older than a day", async () => {
    answer = () => new Response(null, { status: 503 });
    await run([bad, ...minutes(3, goodPulse)]);
    answer = () => new Response();
    calls = [];
    await run([goodPulse]);
    expect(kinds()).toEqual(["alert.raised", "alert.over"]);
    answer = () => new Response(null, { status: 302 });
    await run([bad]);
    now += 25 * 60 * minuteMs;
    answer = () => new Response();
    calls = [];
    await run([bad]);
    expect(kinds()).toEqual(["alert.again"]);
  });

  it("that was told just before a crash is told again, under the same id", async () => {
    const crashing = parts();
    let keeps = 0;
    const keepNote = async (name: string, data: string) => {
      keeps += 1;
      if (keeps === 2) throw new Error("reset");
      notes.set(name, data);
    };
    await expect(watchPulse({ ...crashing, notes: { ...crashing.notes, keepNote } }, bad)).rejects.toThrow("reset");
    await run([bad]);
    expect(kinds()).toEqual(["alert.raised", "alert.raised"]);
    expect(new Set(told().map(({ data }) => data.id)).size).toBe(1);
  });
});

describe("two runs at once", () => {
  it("are kept apart: one of them judges and tells", async () => {
    isFree = false;
    await run([bad]);
    expect([calls, [...notes]]).toEqual([[], []]);
  });
});

it("a test goes to every channel, and says which took it", async () => {
  answer = (url) => new Response(null, { status: url.includes("hook") ? 204 : 500 });
  expect(await testChannels(parts([hook, bot]))).toEqual([
    { name: "hook", isTaken: true },
    { name: "bot", isTaken: false },
  ]);
});
