// `/v1/bulk-recharges`: a file of recharges is uploaded, checked, started, watched, and its result fetched.
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { type Asker, cancelBulk, pauseBulk, readRows, startBulk, uploadBulk } from "../bulk/manage.ts";
import { noQuery } from "./admin-routes.ts";
import { readCsv } from "./body.ts";
import { addBulkReads, answerProgress, type Api, type BulkDoor, bulkParams, partnerBulks } from "./bulk-reads.ts";
import { bulkSchema, maxCostOf, presentBadRow, presentBulk, startSchema, uploadedSchema } from "./bulk-schema.ts";
import { describeRoute, doorRoute, doorRouteWithBody } from "./doors.ts";
import { textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

const bodyCodes = ["content_type", "body_too_large", "body_malformed"] as const;
const badRowsShown = 100;

export function addBulkRoutes(api: Api, limiter: RateLimiter): void {
  const door = partnerBulks(limiter);
  addUpload(api, door);
  addStart(api, door);
  addStops(api, door);
  addBulkReads(api, door);
}

function askerOf(c: Context<ApiEnv>): Asker {
  const { account, caller } = c.get("authenticated");
  return { account, caller };
}

function addUpload(api: Api, door: BulkDoor): void {
  const route = createRoute({
    ...describeRoute(door, {
      path: "",
      verb: "upload",
      noun: "Bulk",
      summary: "Upload a file of recharges. Nothing runs before it is started",
      description:
        "CSV in UTF-8 as `text/csv`, or as `multipart/form-data` in the part `file`; at most 10 000 rows and 2 MiB. " +
        "Every row is checked and each bad one named. The same file again is the one that is there: it recharges once.",
      access: "write",
    }),
    method: "post",
    middleware: [door.guard("write")],
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
      [...door.codes, ...bodyCodes, "parameter", "suspended"],
    ),
  });
  api.openapi(route, async (c) => {
    const text = await readCsv(c);
    if (!text.ok) return answerRefusal(c, text.problem);
    const [parts, asker] = [c.get("services").bulk, askerOf(c)];
    const uploaded = await uploadBulk(parts, asker, { text: text.value, name: c.req.valid("query").name ?? "" });
    if (!uploaded.ok) return answerRefusal(c, uploaded.problem);
    const { progress, isNew } = uploaded.value;
    const bad = await readRows(parts, asker, progress.id, true);
    if (!bad.ok) return answerRefusal(c, bad.problem);
    const badRows = bad.value.rows.slice(0, badRowsShown).map(presentBadRow);
    if (isNew) c.header("Location", `${door.path}/${progress.id}`);
    return c.json({ ...presentBulk(progress), bad_rows: badRows }, isNew ? 201 : 200);
  });
}

function addStart(api: Api, door: BulkDoor): void {
  const route = doorRouteWithBody(
    door,
    "post",
    {
      path: "/{id}/start",
      verb: "start",
      noun: "Bulk",
      summary: "Start a checked file, or let a paused one go on",
      description:
        "The rows are looked over again; what they cost now must be within `max_cost` and the balance. A file that runs or has ended is answered as it is.",
      access: "write",
      good: [{ status: 200, what: "As it is now.", schema: bulkSchema }],
      refused: ["suspended", "max_cost", "balance", "not_found"],
    },
    { params: bulkParams(door), body: startSchema },
  );
  api.openapi(route, async (c) => {
    const body = c.req.valid("json");
    const wanted = { skipBad: body.skip_bad ?? false, maxCost: maxCostOf(body), perMinute: body.per_minute ?? null };
    return answerProgress(c, await startBulk(c.get("services").bulk, askerOf(c), c.req.valid("param").id, wanted));
  });
}

function addStops(api: Api, door: BulkDoor): void {
  const stops = [
    ["pause", "Place no further row for now; start it again to go on", pauseBulk],
    ["cancel", "Place no further row; what was placed stays", cancelBulk],
  ] as const;
  for (const [verb, summary, stop] of stops) {
    const route = doorRoute(
      door,
      "post",
      {
        path: `/{id}/${verb}`,
        verb,
        noun: "Bulk",
        summary,
        access: "write",
        good: [{ status: 200, what: "As it is now.", schema: bulkSchema }],
        refused: ["not_found"],
      },
      { params: bulkParams(door), query: noQuery },
    );
    api.openapi(route, async (c) =>
      answerProgress(c, await stop(c.get("services").bulk, askerOf(c), c.req.valid("param").id)),
    );
  }
}
