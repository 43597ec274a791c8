// `/v1/bulk-recharges`: a file of recharges is uploaded, checked, started, watched, and its result fetched.
import { createRoute, z } from "@hono/zod-openapi";
import { cancelBulk, pauseBulk, readRows, startBulk, uploadBulk } from "../bulk/manage.ts";
import { readCsv, requireJson } from "./body.ts";
import { addBulkReads, type Api, answerProgress, askerOf, path, security, entryCodes, tags } from "./bulk-reads.ts";
import {
  bulkParam,
  bulkSchema,
  maxCostOf,
  presentBadRow,
  presentBulk,
  startSchema,
  uploadedSchema,
} from "./bulk-schema.ts";
import { requireScope } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";

const bodyCodes = ["content_type", "body_too_large", "body_malformed"] as const;
const badRowsShown = 100;

export function addBulkRoutes(api: Api, limiter: RateLimiter): void {
  addUpload(api, limiter);
  addStart(api, limiter);
  addStops(api, limiter);
  addBulkReads(api, limiter);
}

function addUpload(api: Api, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path,
    operationId: "uploadBulk",
    tags,
    summary: "Upload a file of recharges. Nothing runs before it is started",
    description:
      "CSV in UTF-8 as `text/csv`, or as `multipart/form-data` in the part `file`; at most 10 000 rows and 2 MiB. " +
      "Every row is checked and each bad one named. The same file again is the one that is there: it recharges once.",
    security,
    middleware: [requireScope("recharges:write", limiter)],
    request: {
      query: z.strictObject({
        name: textSchema(/^[\p{L}\p{M}\p{N} ._:-]{0,64}$/u, "at most 64 letters, digits, spaces or . _ : -")
          .optional()
          .openapi({ description: "Part of what the file is: the same content under another name is another file." }),
      }),
      body: { required: true, content: { "text/csv": { schema: z.string() } } },
    },
    responses: answers(
      [
        { status: 200, what: "It was uploaded before: as it is now.", schema: uploadedSchema },
        { status: 201, what: "Kept and checked.", schema: uploadedSchema, headers: { Location: "Where to find it." } },
      ],
      [...entryCodes, ...bodyCodes, "parameter", "suspended"],
    ),
  });
  api.openapi(route, async (c) => {
    const text = await readCsv(c);
    if (!text.ok) return answerRefusal(c, text.problem);
    const { parts, asker } = askerOf(c);
    const uploaded = await uploadBulk(parts, asker, { text: text.value, name: c.req.valid("query").name ?? "" });
    if (!uploaded.ok) return answerRefusal(c, uploaded.problem);
    const { progress, isNew } = uploaded.value;
    const bad = await readRows(parts, asker, progress.id, true);
    if (!bad.ok) return answerRefusal(c, bad.problem);
    const badRows = bad.value.rows.slice(0, badRowsShown).map(presentBadRow);
    if (isNew) c.header("Location", `${path}/${progress.id}`);
    return c.json({ ...presentBulk(progress), bad_rows: badRows }, isNew ? 201 : 200);
  });
}

function addStart(api: Api, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path: `${path}/{id}/start`,
    operationId: "startBulk",
    tags,
    summary: "Start a checked file, or let a paused one go on",
    description:
      "The rows are looked over again; what they cost now must be within `max_cost` and the balance. A file that runs or has ended is answered as it is.",
    security,
    middleware: [requireScope("recharges:write", limiter), requireJson],
    request: { params: bulkParam, body: { required: true, content: { "application/json": { schema: startSchema } } } },
    responses: answers(
      [{ status: 200, what: "As it is now.", schema: bulkSchema }],
      [...entryCodes, ...bodyCodes, "parameter", "suspended", "max_cost", "balance", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const body = c.req.valid("json");
    const { parts, asker } = askerOf(c);
    const wanted = { skipBad: body.skip_bad ?? false, maxCost: maxCostOf(body), perMinute: body.per_minute ?? null };
    return answerProgress(c, await startBulk(parts, asker, c.req.valid("param").id, wanted));
  });
}

function addStops(api: Api, limiter: RateLimiter): void {
  const stops = [
    ["pause", "pauseBulk", "Place no further row for now; start it again to go on", pauseBulk],
    ["cancel", "cancelBulk", "Place no further row; what was placed stays", cancelBulk],
  ] as const;
  for (const [verb, operationId, summary, stop] of stops) {
    const route = createRoute({
      method: "post",
      path: `${path}/{id}/${verb}`,
      operationId,
      tags,
      summary,
      security,
      middleware: [requireScope("recharges:write", limiter)],
      request: { params: bulkParam },
      responses: answers(
        [{ status: 200, what: "As it is now.", schema: bulkSchema }],
        [...entryCodes, "parameter", "not_found"],
      ),
    });
    api.openapi(route, async (c) => {
      const { parts, asker } = askerOf(c);
      return answerProgress(c, await stop(parts, asker, c.req.valid("param").id));
    });
  }
}
