// Asking `/admin/v1` in this process, as the person who is signed in: the console is a surface over it, nothing more.
import type { Context } from "hono";
import { z } from "zod";
import type { ConsoleEnv } from "./console-env.ts";

/** Answers a request of the gateway's own API. */
export type AskGateway = (request: Request, c: Context<ConsoleEnv>) => Promise<Response>;

/** What `/admin/v1` refused, in its own words (RFC 9457). */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems: readonly { readonly pointer: string; readonly reason: string }[];
}

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value; readonly status: number }
  | { readonly ok: false; readonly refused: Refused };

export interface Question<Schema extends z.ZodType> {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Under `/admin/v1` for staff, `/v1` for a partner's portal; with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** A file instead of a body. */
  readonly csv?: ArrayBuffer;
  /** What of the answer is used; anything else in it is left alone. */
  readonly schema: Schema;
}

const problemSchema = z.looseObject({
  code: z.string().catch("fault"),
  detail: z.string().catch("The gateway could not answer. Nothing is claimed; look again in a moment."),
  errors: z.array(z.looseObject({ pointer: z.string(), reason: z.string() })).catch([]),
});

/** Asks as the person of the session. A fault of the API is answered as one refusal that says so. */
export async function ask<Schema extends z.ZodType>(
  c: Context<ConsoleEnv>,
  gateway: AskGateway,
  question: Question<Schema>,
): Promise<Asked<z.output<Schema>>> {
  const { method = "GET", path, body, csv, schema } = question;
  const url = new URL(path, c.req.url);
  if (!isPlain(path, url)) return { ok: false, refused: nothingThere };
  const headers = new Headers({ authorization: `Bearer ${c.get("token")}`, accept: "application/json" });
  const sent = csv ?? (body === undefined ? undefined : JSON.stringify(body));
  if (sent !== undefined) headers.set("content-type", csv === undefined ? "application/json" : "text/csv");
  const address = c.req.header("CF-Connecting-IP");
  if (address !== undefined) headers.set("CF-Connecting-IP", address);
  const answer = await gateway(
    new Request(url, {
      method,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
    }),
    c,
  );
  if (answer.ok) return { ok: true, status: answer.status, value: schema.parse(await readJson(answer)) };
  const { code, detail, errors } = problemSchema.parse((await readJson(answer)) ?? {});
  return { ok: false, refused: { status: answer.status, code, detail, problems: errors } };
}

const nothingThere: Refused = { status: 404, code: "not_found", detail: "There is no such thing.", problems: [] };

/** What the address bar gave, put into a path, must not lead to another one: `..` and its spellings take segments away. */
function isPlain(path: string, url: URL): boolean {
  const [asked = ""] = path.split(/[?#]/, 1);
  return /^\/(admin\/)?v1\//.test(url.pathname) && asked.split("/").length === url.pathname.split("/").length;
}

async function readJson(answer: Response): Promise<unknown> {
  if (answer.status === 204) return null;
  const text = await answer.text();
  if (!(answer.headers.get("content-type") ?? "").includes("json")) return text;
  return JSON.parse(text);
}
