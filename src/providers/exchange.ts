// One HTTP call to an upstream: one request, one answer or a problem, never an exception and never a second try.

/** What we ask of a `fetch`: one call that follows no redirect and may be given up. */
export interface FetchInit {
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export interface ExchangeRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** How long the call may run, body included, ms. */
  readonly limitMs: number;
}

/** `lost` covers refused, reset and died-after-receipt alike: the platform reports them as the same error. */
export type ExchangeProblem = "timeout" | "lost" | "too_large";

export type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly contentType: string | null; readonly text: string }
  | { readonly kind: "problem"; readonly problem: ExchangeProblem };

export type Exchange = (request: ExchangeRequest) => Promise<Answer>;

const bodyLimitBytes = 64 * 1024;

/**
 * Makes the exchange out of a `fetch`. Redirects are not followed, at most 64 KiB of body are read, and the limit holds
 * even where `fetch` does not listen to its signal. No URL is ever logged: backnpay puts passwords there.
 */
export function createExchange(fetch: Fetch): Exchange {
  return async (request) => {
    // Not `AbortSignal.timeout`: its timer lives on after the answer, thousands of them under load.
    const limit = new AbortController();
    const over = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      limit.abort();
      over.reject(new Error("the time limit of the call"));
    }, request.limitMs);
    try {
      return await Promise.race([callOnce(fetch, request, limit.signal), over.promise]);
    } catch {
      return { kind: "problem", problem: limit.signal.aborted ? "timeout" : "lost" };
    } finally {
      clearTimeout(timer);
    }
  };
}

async function callOnce(fetch: Fetch, request: ExchangeRequest, signal: AbortSignal): Promise<Answer> {
  const { url, method, headers: sent, body } = request;
  const content = { ...(sent !== undefined && { headers: sent }), ...(body !== undefined && { body }) };
  const response = await fetch(url, { method, ...content, redirect: "manual", signal });
  const { status, headers } = response;
  const text = await readBody(response, headers);
  if (text === null) return { kind: "problem", problem: "too_large" };
  return { kind: "answered", status, contentType: headers.get("content-type"), text };
}

/** Null when the body is longer than 64 KiB; the rest is not read. */
async function readBody(response: Response, headers: Headers): Promise<string | null> {
  // A body that says its length and is not packed is no longer than that: read whole, which is much cheaper.
  const length = headers.get("content-length");
  if (length !== null && Number(length) <= bodyLimitBytes && !headers.has("content-encoding")) return response.text();
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > bodyLimitBytes) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
