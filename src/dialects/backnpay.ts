// backnpay, served (seed backnpay; `docs/dialects.md`): recharge, status and balance at one path, by GET or POST.
import { type Context, Hono } from "hono";
import { readRequestBody } from "../base/body.ts";
import { refusal } from "../base/refusal.ts";
import { backnpayContentTypes } from "../wire/backnpay/reply.ts";
import { type BacknpayFormat, type BacknpayRequest, readBacknpayRequest } from "../wire/backnpay/request.ts";
import { readFormFields } from "../wire/form.ts";
import { answerBacknpay } from "./backnpay-ask.ts";
import { presentRefused, presentUnheard } from "./backnpay-answers.ts";
import type { DialectEnv } from "./services.ts";

/** Compared without case: clients of this family write them as they like. */
const paths: ReadonlySet<string> = new Set(["/api/apiservice.aspx", "/api/newapiservice.aspx"]);

/** The dialect as an app; it passes on whatever is not at one of its two paths. */
export function createBacknpayDialect(): Hono<DialectEnv> {
  const dialect = new Hono<DialectEnv>();
  dialect.use(async (c, next) => {
    if (!paths.has(c.req.path.toLowerCase())) return next();
    return serve(c);
  });
  return dialect;
}

async function serve(c: Context<DialectEnv>): Promise<Response> {
  c.header("Cache-Control", "no-store");
  c.header("X-Content-Type-Options", "nosniff");
  const { method } = c.req;
  if (method !== "GET" && method !== "POST") {
    // hono would run the handler of GET for HEAD, which here would be a recharge.
    c.header("Allow", "GET, POST, OPTIONS");
    return c.body(null, method === "OPTIONS" ? 204 : 405);
  }
  const params = await readParams(c);
  const request = params === null ? null : readBacknpayRequest(params);
  const format = request?.format ?? "xml";
  if (request === null) return send(c, format, presentRefused(refusal("body_malformed", "No form."), null, format));
  return send(c, format, await answer(c, request, format));
}

/** A fault is logged here, once; before and after the account was asked it is no word of failure (`design.md`, law 7). */
async function answer(c: Context<DialectEnv>, request: BacknpayRequest, format: BacknpayFormat): Promise<string> {
  try {
    const address = c.req.header("CF-Connecting-IP") ?? null;
    return await answerBacknpay(c.get("services"), request, { address, format });
  } catch (fault) {
    c.get("services").log.error("fault", { route: "backnpay", kind: request.kind }, fault);
    return presentUnheard(request, format);
  }
}

function send(c: Context<DialectEnv>, format: BacknpayFormat, body: string): Response {
  c.header("Content-Type", backnpayContentTypes[format]);
  return c.body(body, 200);
}

/** The query, and after it the fields of a form, so that they count. Null: a body that is no form, or larger than 64 KiB. */
async function readParams(c: Context<DialectEnv>): Promise<URLSearchParams | null> {
  const params = new URL(c.req.url).searchParams;
  const body = await readRequestBody(c.req.raw);
  if (c.req.method === "GET") return params;
  if (body === "too_large") return null;
  const fields = await readFormFields(body, c.req.header("Content-Type") ?? null);
  if (fields === null) return null;
  for (const [name, value] of fields) params.append(name, value);
  return params;
}
