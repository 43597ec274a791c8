// What is read of files of recharges, by their partner and by staff, and what all routes about them share.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readPartnerId } from "../base/id.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import { type BulkProgress, type BulkReader, listBulks, readBulk, readRows } from "../bulk/manage.ts";
import { noQuery } from "./admin-routes.ts";
import {
  bulkIdSchema,
  bulkListSchema,
  bulkSchema,
  presentBadRow,
  presentBulk,
  presentSummary,
  problemsSchema,
  resultCsv,
} from "./bulk-schema.ts";
import { answerCsv, wantsCsv } from "./csv.ts";
import { describeRoute, type Door, doorRoute, partnerDoor, staffDoor } from "./doors.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export type Api = OpenAPIHono<ApiEnv>;

export interface BulkDoor extends Door {
  /** Whose files they are, and who asks. */
  reader(c: Context<ApiEnv>): BulkReader;
}

const path = "/bulk-recharges";
const scopes = { read: "recharges:read", write: "recharges:write" } as const;

export function partnerBulks(limiter: RateLimiter): BulkDoor {
  return {
    ...partnerDoor({ path, tag: "Bulk", scopes }, limiter),
    reader: (c) => {
      const { account, caller } = c.get("authenticated");
      return { account, caller };
    },
  };
}

export const staffBulks: BulkDoor = {
  ...staffDoor({ path }),
  reader: (c) => ({ account: readPartnerId(c.req.param("partner") ?? "") ?? 0, caller: null }),
};

export function addBulkReads(api: Api, door: BulkDoor): void {
  addList(api, door);
  addFind(api, door);
  addProblems(api, door);
  addResult(api, door);
}

export function bulkParams(door: Door) {
  return door.params.extend({ id: bulkIdSchema });
}

export function answerProgress(c: Context<ApiEnv>, said: Result<BulkProgress, Refusal>): Response {
  return said.ok ? c.json(presentBulk(said.value), 200) : answerRefusal(c, said.problem);
}

function addList(api: Api, door: BulkDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: "",
      verb: "list",
      noun: "Bulks",
      summary: "Files of recharges, the newest first (at most 50)",
      access: "read",
      good: [{ status: 200, what: "The files.", schema: bulkListSchema }],
    },
    { params: door.params, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const listed = await listBulks(c.get("services").bulk, door.reader(c));
    return listed.ok ? c.json({ bulks: listed.value.map(presentSummary) }, 200) : answerRefusal(c, listed.problem);
  });
}

function addFind(api: Api, door: BulkDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: "/{id}",
      verb: "read",
      noun: "Bulk",
      summary: "How far a file of recharges is",
      access: "read",
      good: [{ status: 200, what: "As it is now.", schema: bulkSchema }],
      refused: ["not_found"],
    },
    { params: bulkParams(door), query: noQuery },
  );
  api.openapi(route, async (c) =>
    answerProgress(c, await readBulk(c.get("services").bulk, door.reader(c), c.req.valid("param").id)),
  );
}

function addProblems(api: Api, door: BulkDoor): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: "/{id}/problems",
      verb: "read",
      noun: "BulkProblems",
      summary: "The bad rows of a file: line, column, reason and code of each",
      description: "JSON, or CSV with `format=csv` or `Accept: text/csv`.",
      access: "read",
      good: [{ status: 200, what: "The bad rows.", schema: problemsSchema }],
      refused: ["not_found"],
    },
    { params: bulkParams(door), query: z.strictObject({ format: z.enum(["json", "csv"]).optional() }) },
  );
  api.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const read = await readRows(c.get("services").bulk, door.reader(c), id, true);
    if (!read.ok) return answerRefusal(c, read.problem);
    const { rows } = read.value;
    if (wantsCsv(c, c.req.valid("query").format)) return answerCsv(c, `${id}-problems`, resultCsv(rows));
    return c.json({ bad_rows: rows.map(presentBadRow) }, 200);
  });
}

function addResult(api: Api, door: BulkDoor): void {
  const route = createRoute({
    ...describeRoute(door, {
      path: "/{id}/result",
      verb: "read",
      noun: "BulkResult",
      summary: "The result file: every row with what became of it, as CSV",
      description: "May be fetched at any time. States are the ledger's, complete up to the event in `As-Of-Event`.",
      access: "read",
    }),
    method: "get",
    middleware: [door.guard("read")],
    request: { params: bulkParams(door) },
    responses: {
      ...answers([], [...door.codes, "parameter", "not_found"]),
      200: {
        description: "One line for each row.",
        content: { "text/csv": { schema: z.string() } },
        headers: { "As-Of-Event": { description: "Event number of the account.", schema: { type: "string" } } },
      },
    },
  });
  api.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const read = await readRows(c.get("services").bulk, door.reader(c), id, false);
    if (!read.ok) return answerRefusal(c, read.problem);
    c.header("As-Of-Event", String(read.value.asOfEvent));
    return answerCsv(c, id, resultCsv(read.value.rows));
  });
}
