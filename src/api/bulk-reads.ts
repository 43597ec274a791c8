// What is read of partners' files of recharges, and what all their routes share.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { BulkProgress } from "../bulk/manage.ts";
import { listBulks, readBulk, readRows } from "../bulk/manage.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import {
  bulkListSchema,
  bulkParam,
  bulkSchema,
  presentBadRow,
  presentBulk,
  presentSummary,
  problemsSchema,
  resultCsv,
} from "./bulk-schema.ts";
import { answerCsv, wantsCsv } from "./csv.ts";
import { requireScope } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export type Api = OpenAPIHono<ApiEnv>;

export const path = "/v1/bulk-recharges";
export const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];
export const tags = ["Bulk"];
export const security = [{ key: [] }];

export function addBulkReads(api: Api, limiter: RateLimiter): void {
  addReads(api, limiter);
  addProblems(api, limiter);
  addResult(api, limiter);
}

/** Who asks, and what the verbs need. */
export function askerOf(c: Context<ApiEnv>) {
  const { account, caller } = c.get("authenticated");
  return { parts: c.get("services").bulk, asker: { account, caller } };
}

export function answerProgress(c: Context<ApiEnv>, said: Result<BulkProgress, Refusal>): Response {
  return said.ok ? c.json(presentBulk(said.value), 200) : answerRefusal(c, said.problem);
}

function addReads(api: Api, limiter: RateLimiter): void {
  const list = createRoute({
    method: "get",
    path,
    operationId: "listBulks",
    tags,
    summary: "Your files of recharges, the newest first (at most 50)",
    security,
    middleware: [requireScope("recharges:read", limiter)],
    responses: answers([{ status: 200, what: "The files.", schema: bulkListSchema }], [...entryCodes]),
  });
  api.openapi(list, async (c) => {
    const { parts, asker } = askerOf(c);
    const listed = await listBulks(parts, asker);
    return listed.ok ? c.json({ bulks: listed.value.map(presentSummary) }, 200) : answerRefusal(c, listed.problem);
  });
  const find = createRoute({
    method: "get",
    path: `${path}/{id}`,
    operationId: "readBulk",
    tags,
    summary: "How far a file of recharges is",
    security,
    middleware: [requireScope("recharges:read", limiter)],
    request: { params: bulkParam },
    responses: answers(
      [{ status: 200, what: "As it is now.", schema: bulkSchema }],
      [...entryCodes, "parameter", "not_found"],
    ),
  });
  api.openapi(find, async (c) => {
    const { parts, asker } = askerOf(c);
    return answerProgress(c, await readBulk(parts, asker, c.req.valid("param").id));
  });
}

function addProblems(api: Api, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: `${path}/{id}/problems`,
    operationId: "readBulkProblems",
    tags,
    summary: "The bad rows of a file: line, column, reason and code of each",
    description: "JSON, or CSV with `format=csv` or `Accept: text/csv`.",
    security,
    middleware: [requireScope("recharges:read", limiter)],
    request: { params: bulkParam, query: z.strictObject({ format: z.enum(["json", "csv"]).optional() }) },
    responses: answers(
      [{ status: 200, what: "The bad rows.", schema: problemsSchema }],
      [...entryCodes, "parameter", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { parts, asker } = askerOf(c);
    const { id } = c.req.valid("param");
    const read = await readRows(parts, asker, id, true);
    if (!read.ok) return answerRefusal(c, read.problem);
    const { rows } = read.value;
    if (wantsCsv(c, c.req.valid("query").format)) return answerCsv(c, `${id}-problems`, resultCsv(rows));
    return c.json({ bad_rows: rows.map(presentBadRow) }, 200);
  });
}

function addResult(api: Api, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: `${path}/{id}/result`,
    operationId: "readBulkResult",
    tags,
    summary: "The result file: every row with what became of it, as CSV",
    description: "May be fetched at any time. States are the ledger's, complete up to the event in `As-Of-Event`.",
    security,
    middleware: [requireScope("recharges:read", limiter)],
    request: { params: bulkParam },
    responses: {
      ...answers([], [...entryCodes, "parameter", "not_found"]),
      200: {
        description: "One line for each row.",
        content: { "text/csv": { schema: z.string() } },
        headers: { "As-Of-Event": { description: "Event number of your account.", schema: { type: "string" } } },
      },
    },
  });
  api.openapi(route, async (c) => {
    const { parts, asker } = askerOf(c);
    const { id } = c.req.valid("param");
    const read = await readRows(parts, asker, id, false);
    if (!read.ok) return answerRefusal(c, read.problem);
    c.header("As-Of-Event", String(read.value.asOfEvent));
    return answerCsv(c, id, resultCsv(read.value.rows));
  });
}
