// One call of the Bot API of Telegram, and what each answer means.
import { expect, it } from "vitest";
import { callTelegram, type TelegramCalls } from "../../../src/wire/telegram.ts";

type Fetch = TelegramCalls["fetch"];

const message = { chat_id: 7, text: "hello" };
const call = (fetch: Fetch, limitMs = 1_000) =>
  callTelegram({ token: "1:secret", apiUrl: "https://telegram.test", limitMs, fetch }, "sendMessage", message);
const hear = (body: unknown, status = 200) => call(async () => Response.json(body, { status }));

const never: Fetch = (_url, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  });

it("posts the parameters as JSON to the method, under the token, and follows no redirect", async () => {
  const asked: unknown[] = [];
  await call(async (url, init) => {
    asked.push(url, init);
    return Response.json({ ok: true, result: true });
  });
  expect(asked).toEqual([
    "https://telegram.test/bot1:secret/sendMessage",
    {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"chat_id":7,"text":"hello"}',
      redirect: "manual",
      signal: expect.any(AbortSignal),
    },
  ]);
});

it.each([
  ["its result", { ok: true, result: { message_id: 5 } }, { kind: "done", result: { message_id: 5 } }],
  [
    "its refusal",
    { ok: false, error_code: 403, description: "Forbidden: bot was blocked" },
    { kind: "refused", code: 403, said: "Forbidden: bot was blocked", retryAfterMs: null },
  ],
  [
    "a refusal about something else",
    { ok: false, error_code: 400, description: "moved", parameters: { migrate_to_chat_id: -5 } },
    { kind: "refused", code: 400, said: "moved", retryAfterMs: null },
  ],
  [
    "for how long it wants to be left alone",
    { ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after: 3 } },
    { kind: "refused", code: 429, said: "Too Many Requests", retryAfterMs: 3_000 },
  ],
])("hears %s, whatever the status", async (_what, body, answer) => {
  expect(await hear(body)).toEqual(answer);
  expect(await hear(body, 502)).toEqual(answer);
});

it("has not heard of it where there is no answer, or none of Telegram's", async () => {
  const unheard = { kind: "unheard" };
  expect(await call(() => Promise.reject(new TypeError("network")))).toEqual(unheard);
  expect(await call(async () => new Response("<html>", { status: 502 }))).toEqual(unheard);
  for (const odd of [null, {}, { result: 1 }, { ok: false }, { ok: false, error_code: 400 }, { ok: "true", result: 1 }])
    expect(await hear(odd)).toEqual(unheard);
});

it("waits for no longer than the limit", async () => {
  const startedAt = performance.now();
  expect(await call(never, 20)).toEqual({ kind: "unheard" });
  expect(performance.now() - startedAt).toBeLessThan(900);
});
