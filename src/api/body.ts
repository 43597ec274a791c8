// Request bodies: read before anything is answered, at most 64 KiB kept (more of a file), and handed to the schemas as text.
import type { Context, MiddlewareHandler } from "hono";
import { keptByDefault, readRequestBody } from "../base/body.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

const mebibyte = 1_024 * 1_024;
/** Paths that take files, and how many bytes. */
const filePaths = [
  { path: /^\/admin\/v1\/providers\/[^/]+\/statements$/, atMost: 5 * mebibyte },
  { path: /^\/admin\/v1\/partners\/[^/]+\/copies$/, atMost: 16 * mebibyte },
  { path: /^\/v1\/bulk-recharges$/, atMost: 2 * mebibyte },
] as const;

/** Throws where the bytes are no UTF-8; whole bodies only, so one does for all of them. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** Reads the body of the request, whatever becomes of it later. */
export const takeBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set("body", await readRequestBody(c.req.raw, () => keptAtMost(c)));
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
    text = utf8.decode(body);
  } catch {
    return answerRefusal(c, refusal("body_malformed", "The body is not UTF-8."));
  }
  if (text.trim() === "") return answerRefusal(c, refusal("body_malformed", "The body is empty; send a JSON object."));
  // Where the framework looks before it reads the body again; a new Request would cost as much as the checks.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  await next();
  return undefined;
};

/** Bytes that the path takes: of its file, or of JSON. */
function keptAtMost(c: Context<ApiEnv>): number {
  return filePaths.find(({ path }) => path.test(c.req.path))?.atMost ?? keptByDefault;
}

/** Check 4 for a file: `text/csv`, or `multipart/form-data` with the file in the part `file`. Its text, or the refusal. */
export async function readCsv(c: Context<ApiEnv>): Promise<Result<string, Refusal>> {
  const type = c.req.header("Content-Type") ?? "";
  const isForm = /^multipart\/form-data\s*;/i.test(type);
  if (!isForm && !/^text\/csv\s*(;|$)/i.test(type))
    return refuse(refusal("content_type", "Send the file as text/csv, or as multipart/form-data in the part file."));
  const body = c.get("body");
  if (body === "too_large")
    return refuse(refusal("body_too_large", `The file is larger than ${keptAtMost(c) / mebibyte} MiB.`));
  const bytes = isForm ? await fileIn(body, type) : body;
  if (bytes === null)
    return refuse(refusal("body_malformed", "The form cannot be read, or has no file in the part file."));
  try {
    return ok(utf8.decode(bytes));
  } catch {
    return refuse(refusal("body_malformed", "The file is not UTF-8."));
  }
}

async function fileIn(body: Uint8Array<ArrayBuffer>, type: string): Promise<ArrayBuffer | null> {
  try {
    const form = await new Response(body, { headers: { "Content-Type": type } }).formData();
    const file = form.get("file");
    return file === null || typeof file === "string" ? null : await file.arrayBuffer();
  } catch {
    return null;
  }
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith("charset=") || /^charset="?utf-?8"?$/.test(parameter),
  );
  return type === "application/json" && isUtf8;
}
