// One call of a receiver: one request, one answer or none, no redirect followed, and never an exception.
import { redact } from "../base/mask.ts";
import type { Clock } from "../base/clock.ts";
import type { Try, TryResult } from "./delivery.ts";

/** What we ask of a `fetch`. */
export interface SendInit {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

export type Send = (url: string, init: SendInit) => Promise<Response>;

export interface SendRequest extends Pick<SendInit, "method" | "headers" | "body"> {
  readonly url: string;
  /** How long it may take, body included, ms. */
  readonly limitMs: number;
  /** What must not be kept of the answer: a receiver may say the number back. */
  readonly secrets: readonly string[];
}

const keptCharacters = 200;
const readBytes = 2_048;

/** A receiver has it when it answers 2xx, and only then. */
export async function sendOnce(
  { fetch, clock }: { readonly fetch: Send; readonly clock: Clock },
  request: SendRequest,
): Promise<Try> {
  const at = clock.now();
  const limit = new AbortController();
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    limit.abort();
    over.reject(new Error("the time limit of the call"));
  }, request.limitMs);
  try {
    const answer = await Promise.race([callOnce(fetch, request, limit.signal), over.promise]);
    const said = answer.read().then((text) => tidy(text, request.secrets));
    return {
      at,
      ...answer.came,
      tookMs: clock.now() - at,
      said: await Promise.race([said, over.promise.catch(() => "")]),
    };
  } catch {
    const result = limit.signal.aborted ? "timed_out" : "unreachable";
    return { at, result, status: null, tookMs: clock.now() - at, said: "" };
  } finally {
    clearTimeout(timer);
  }
}

async function callOnce(fetch: Send, request: SendRequest, signal: AbortSignal) {
  const { url, method, headers, body } = request;
  const reply = await fetch(url, { method, headers, ...(body !== undefined && { body }), redirect: "manual", signal });
  return { came: { result: resultOf(reply.status), status: reply.status }, read: () => readBeginning(reply) };
}

function resultOf(status: number): TryResult {
  if (status >= 200 && status < 300) return "delivered";
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirected" : "refused";
}

/** What cannot be read is nothing: the status has said all that counts. */
async function readBeginning(reply: Response): Promise<string> {
  const reader = reply.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let size = 0; size < readBytes; ) {
      // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
      const { done, value } = await reader.read();
      if (done) return text;
      size += value.byteLength;
      text += decoder.decode(value, { stream: true });
    }
    return text;
  } catch {
    return text;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function tidy(text: string, secrets: readonly string[]): string {
  return redact(text.slice(0, readBytes), secrets, keptCharacters).replaceAll(/\p{Cc}+/gu, " ");
}
