// `/admin/v1` about partners' files of recharges: what runs now, and stopping one or letting it go on.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { changeBulkByStaff, listBulksAtWork } from "../bulk/staff-verbs.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import { addBulkReads, answerProgress, type Api, bulkParams, staffBulks } from "./bulk-reads.ts";
import { bulkSchema, bulkSummarySchema, presentSummary } from "./bulk-schema.ts";
import { doorRouteWithBody } from "./doors.ts";
import { actOf } from "./entry.ts";
import { plainSchema } from "./parameters.ts";

export function addStaffBulks(api: Api): void {
  addBulkReads(api, staffBulks);
  addAtWork(api);
  addVerbs(api);
}

const atWorkSchema = z.object({
  bulks: z.array(bulkSummarySchema.extend({ partner: z.string() }).openapi("BulkAtWork")),
  unheard: z.array(z.string()).openapi({ description: "Partners whose files could not be asked about just now." }),
});

function addAtWork(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/bulk-recharges",
      operationId: "listBulksAtWork",
      summary: "Files of all partners that run now, and those that stopped within the last hour",
      scope: "viewer",
      good: [{ status: 200, what: "The files, the latest started first.", schema: atWorkSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const { files, unheard } = await listBulksAtWork(c.get("services").bulk);
    const bulks = files.map((file) => ({ ...presentSummary(file), partner: partnerIdOf(file.account) }));
    return c.json({ bulks, unheard: unheard.map(partnerIdOf) }, 200);
  });
}

const summaries = {
  pause: "Place no further row of this file for now",
  resume: "Let a paused file go on, by the key that started it and at the costs told then",
  cancel: "Place no further row of this file; what was placed stays",
} as const;

function addVerbs(api: Api): void {
  for (const verb of ["pause", "resume", "cancel"] as const) {
    const route = doorRouteWithBody(
      staffBulks,
      "post",
      {
        path: `/{id}/${verb}`,
        verb,
        noun: "Bulk",
        summary: summaries[verb],
        access: "write",
        good: [{ status: 200, what: "As it is now.", schema: bulkSchema }],
        refused: ["not_found"],
      },
      {
        params: bulkParams(staffBulks),
        body: z
          .strictObject({
            reason: plainSchema(200).openapi({ description: "The partner reads it where a file stops." }),
          })
          .openapi("BulkReason"),
      },
    );
    api.openapi(route, async (c) => {
      const { account } = staffBulks.reader(c);
      const wish = { verb, reason: c.req.valid("json").reason };
      const changed = await changeBulkByStaff(
        c.get("services").bulk,
        { account, id: c.req.valid("param").id },
        wish,
        actOf(c),
      );
      return answerProgress(c, changed);
    });
  }
}
