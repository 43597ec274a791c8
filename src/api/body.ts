// Request bodies: read before anything is answered, at most 64 KiB kept, and handed to the schemas as text.
import type { MiddlewareHandler } from "hono";
import { refusal } from "../base/refusal.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

const keptAtMost = 64 * 1024;
/** An answer to a body that was not read reaches nobody, so more is read than is kept; after this the client is cut off. */
const readAtMost = 8 * 1024 * 1024;

/** Reads the body of the request, whatever becomes of it later. */
export const takeBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set("body", await readBody(c.req.raw.body));
  await next();
};

/** Bytes of a stream, or `too_large`. */
export async function readBody(
  stream: ReadableStream<Uint8Array> | null,
): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  if (stream === null) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length <= keptAtMost) chunks.push(part.value);
    if (length > readAtMost) {
      await reader.cancel();
      break;
    }
  }
  if (length > keptAtMost) return "too_large";
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

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
