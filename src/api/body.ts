// Request bodies: read before anything is answered, at most 64 KiB kept, and handed to the schemas as text.
import type { MiddlewareHandler } from "hono";
import { readBody } from "../base/body.ts";
import { refusal } from "../base/refusal.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

/** Reads the body of the request, whatever becomes of it later. */
export const takeBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set("body", await readBody(c.req.raw.body));
  await next();
};

/** Check 4: content type, size, encoding. The JSON itself is parsed by the route's schema, from the text left here. */
export const requireJson: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (!isJson(c.req.header("Content-Type")))
    return answerRefusal(c, refusal("content_type", "Send the body as application/json, in UTF-8."));
  const body = c.get("body");
  if (body === "too_large") return answerRefusal(c, refusal("body_too_large", "The body is larger than 64 KiB."));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return answerRefusal(c, refusal("body_malformed", "The body is not UTF-8."));
  }
  if (text.trim() === "") return answerRefusal(c, refusal("body_malformed", "The body is empty; send a JSON object."));
  const { url, method, headers } = c.req.raw;
  c.req.raw = new Request(url, { method, headers, body: text });
  await next();
  return undefined;
};

function isJson(contentType: string | undefined): boolean {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith("charset=") || /^charset="?utf-?8"?$/.test(parameter),
  );
  return type === "application/json" && isUtf8;
}
