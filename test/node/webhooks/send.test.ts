// One call of a receiver, whatever it does; and the signature that it can check.
import { Webhook } from "standardwebhooks";
import { describe, expect, it, test } from "vitest";
import { createResolve } from "../../../src/webhooks/resolve.ts";
import { endpointSecret, signedHeaders } from "../../../src/webhooks/secret.ts";
import { type Send, sendOnce } from "../../../src/webhooks/send.ts";

const clock = { now: () => 1_000 };
const request = {
  url: "https://hooks.partner-one.com/",
  method: "POST",
  headers: {},
  body: "{}",
  limitMs: 30,
  secrets: ["9826386400"],
} as const;

function send(fetch: Send) {
  return sendOnce({ fetch, clock }, request);
}

const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_024).fill(120)) });
const silent = () => new ReadableStream({ start: () => undefined });

describe("a receiver that", () => {
  test.each([
    ["takes it", new Response("thanks"), { result: "delivered", status: 200, said: "thanks" }],
    ["says nothing", new Response(null, { status: 204 }), { result: "delivered", status: 204, said: "" }],
    ["is gone", new Response("no", { status: 410 }), { result: "gone", status: 410, said: "no" }],
    ["moved", new Response(null, { status: 308 }), { result: "redirected", status: 308 }],
    ["fails", new Response("a\u0000\nb", { status: 500 }), { result: "refused", status: 500, said: "a b" }],
    ["says the number back", new Response("got 9826386400"), { said: "got •••" }],
    ["never stops talking", new Response(endless()), { result: "delivered", said: "x".repeat(200) }],
    ["takes it and stalls", new Response(silent()), { result: "delivered", status: 200, said: "" }],
  ])("%s", async (_what, answer, kept) => {
    expect(await send(async () => answer)).toMatchObject({ at: 1_000, ...kept });
  });

  it("hangs, whether its connection listens or not", async () => {
    expect(await send(() => new Promise(() => undefined))).toMatchObject({ result: "timed_out", status: null });
  });

  it("is not there", async () => {
    expect(await send(() => Promise.reject(new TypeError("refused")))).toMatchObject({ result: "unreachable" });
  });

  it("is asked once, and without following", async () => {
    const asked: unknown[] = [];
    await send(async (url, { redirect, method }) => {
      asked.push([url, redirect, method]);
      return new Response(null, { status: 302, headers: { location: "https://elsewhere.partner-one.com/" } });
    });
    expect(asked).toEqual([[request.url, "manual", "POST"]]);
  });
});

const secretOf = (version: number, id = "whe_1") =>
  endpointSecret("a-secret-for-tests-only-of-32-characters", id, version);

describe("the signature", () => {
  it("verifies with the public library under either secret, and under no other", () => {
    const headers = signedHeaders([secretOf(2), secretOf(1)], "evt_1", Date.now(), '{"a":"ৰ"}');
    for (const version of [1, 2])
      expect(new Webhook(secretOf(version)).verify('{"a":"ৰ"}', headers)).toEqual({ a: "ৰ" });
    for (const other of [secretOf(3), secretOf(1, "whe_2")])
      expect(() => new Webhook(other).verify('{"a":"ৰ"}', headers)).toThrow("No matching signature");
    expect(() => new Webhook(secretOf(1)).verify('{"a":"b"}', headers)).toThrow("No matching signature");
  });
});

describe("resolving a name", () => {
  it("gives the addresses and leaves aliases out", async () => {
    const resolve = createResolve(async (url) =>
      Response.json(
        url.endsWith("=A")
          ? {
              Answer: [
                { type: 5, data: "alias.partner.com." },
                { type: 1, data: "8.8.8.8" },
              ],
            }
          : { Answer: [{ type: 28, data: "2606:4700::1" }] },
      ),
    );
    expect(await resolve("hooks.partner-one.com")).toEqual(["8.8.8.8", "2606:4700::1"]);
  });

  it("gives none where there is none, and throws where nobody knows", async () => {
    expect(await createResolve(async () => Response.json({ Status: 3 }))("nowhere.partner-one.com")).toEqual([]);
    await expect(createResolve(async () => new Response(null, { status: 502 }))("a.com")).rejects.toThrow("502");
    await expect(createResolve(async () => Response.json("?"))("a.com")).rejects.toThrow("Invalid input");
  });
});
