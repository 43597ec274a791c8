import { describe, expect, it } from "vitest";
import { type Answer, createExchange, type Fetch, type FetchInit } from "../../../src/providers/exchange.ts";
import { keepWords, readableText } from "../../../src/providers/words.ts";

const request = { url: "http://upstream.test/x?pass=secret", method: "GET", limitMs: 1_000 } as const;

describe("one exchange", () => {
  it("sends the request as it is, follows no redirect and gives back status, type and text", async () => {
    const seen: { url: string; init: FetchInit }[] = [];
    const fetch: Fetch = async (url, init) => {
      seen.push({ url, init });
      return new Response("বাংলা", { status: 302, headers: { "content-type": "text/plain", location: "/y" } });
    };
    const post = { url: "http://u.test/", method: "POST", headers: { a: "b" }, body: "c", limitMs: 1_000 } as const;
    const answer = { kind: "answered", status: 302, contentType: "text/plain", text: "বাংলা" };
    expect(await createExchange(fetch)(post)).toEqual(answer);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.url).toBe("http://u.test/");
    expect(seen[0]?.init).toMatchObject({ method: "POST", headers: { a: "b" }, body: "c", redirect: "manual" });
  });

  it("gives an empty text for an answer without a body", async () => {
    const answer = { kind: "answered", status: 204, contentType: null, text: "" };
    expect(await createExchange(async () => new Response(null, { status: 204 }))(request)).toEqual(answer);
  });

  it.each([
    ["a refused or lost connection", () => Promise.reject(new Error("Network connection lost."))],
    ["a body that breaks off", () => Promise.resolve(new Response(breakingOff()))],
  ])("reports %s as lost", async (_name, fetch: Fetch) => {
    expect(await createExchange(fetch)(request)).toEqual({ kind: "problem", problem: "lost" });
  });

  it("reports a fetch that throws at once as lost", async () => {
    expect(await createExchange(throwAtOnce)(request)).toEqual({ kind: "problem", problem: "lost" });
  });

  it.each([
    ["headers", () => new Promise<Response>(() => undefined)],
    ["body", () => Promise.resolve(new Response(new ReadableStream({ start: () => undefined })))],
  ])("ends at its limit when the %s do not come, even where fetch does not listen", async (_name, fetch: Fetch) => {
    expect(await createExchange(fetch)({ ...request, limitMs: 20 })).toEqual({ kind: "problem", problem: "timeout" });
  });

  it("reads 64 KiB of body and not a byte more", async () => {
    expect(await answerOf(65_536)).toMatchObject({ kind: "answered", text: "x".repeat(65_536) });
    expect(await answerOf(65_537)).toEqual({ kind: "problem", problem: "too_large" });
  });

  it("believes no length that a packed body says", async () => {
    const headers = { "content-length": "40", "content-encoding": "gzip" };
    const fetch: Fetch = async () => new Response("x".repeat(65_537), { headers });
    expect(await createExchange(fetch)(request)).toEqual({ kind: "problem", problem: "too_large" });
  });
});

function throwAtOnce(): Promise<Response> {
  throw new TypeError("bad url");
}

function answerOf(size: number): Promise<Answer> {
  return createExchange(async () => new Response("x".repeat(size)))(request);
}

function answered(status: number, contentType: string | null): Answer {
  return { kind: "answered", status, contentType, text: "T" };
}

function breakingOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.error(new Error("reset"));
    },
  });
}

describe("words of an answer", () => {
  const may = { statuses: [200, 401], contentTypes: ["application/json"] };

  it.each([
    [200, "application/json", "T"],
    [401, "Application/JSON ; charset=utf-8", "T"],
    [201, "application/json", null],
    [200, "text/html", null],
    [200, "application/jsonp", null],
    [200, null, null],
  ])("of HTTP %i %s: %j", (status, contentType, expected) => {
    expect(readableText(answered(status, contentType), may)).toBe(expected);
  });

  it("do not exist without an answer", () => {
    expect(readableText({ kind: "problem", problem: "timeout" }, may)).toBeNull();
  });

  it("are kept without the secrets in either spelling, cut to 500 characters", () => {
    const text = `userid=u&pass=p%26w p&w ${"x".repeat(600)}`;
    const kept = keepWords({ kind: "answered", status: 500, contentType: null, text }, ["p&w"]);
    expect(kept).toHaveLength(500);
    expect(kept.startsWith("HTTP 500 userid=u&pass=••• ••• xxx")).toBe(true);
    expect(keepWords({ kind: "problem", problem: "lost" }, [])).toBe("no answer: lost");
  });
});
