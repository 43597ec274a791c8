// `POST /admin/v1/providers/{provider}/statement-preview`: what some lines of a file become by a mapping that nobody has remembered yet.
import { z } from "@hono/zod-openapi";
import { maskNumber } from "../base/mask.ts";
import { formatAmount } from "../base/money.ts";
import { mappingSchema, rowWords } from "../reconciliation/provider-statement/mapping.ts";
import { readStatementFile } from "../reconciliation/provider-statement/rows.ts";
import type { StatementRow } from "../reconciliation/provider-statement/statement-row.ts";
import { footingOf, footingTexts } from "../reconciliation/provider-statement/summary.ts";
import { adminRouteWithBody } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { lengthSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

const shownAtMost = 50;
const rowSchema = z.object({
  line: z.int(),
  word: z.enum(rowWords),
  said: z.string(),
  at: z.string().openapi({ format: "date-time" }),
  their_id: z.string().nullable(),
  reference: z.string().nullable(),
  number: z.string().nullable().openapi({ description: "Masked." }),
  amount: z.string().nullable(),
  movement: z.string().nullable().openapi({ description: "Credit less debit." }),
  balance_after: z.string().nullable(),
});
const previewSchema = z
  .object({
    rows: z.array(rowSchema).openapi({ description: "The first 50 as they are read; empty where a line cannot be." }),
    problems: z.array(z.object({ pointer: z.string(), reason: z.string() })),
    footing: z
      .string()
      .nullable()
      .openapi({ description: "Why the lines do not foot; null: they do, or none are read." }),
  })
  .openapi("StatementPreview");

export function addStatementPreview(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/providers/{provider}/statement-preview",
      operationId: "previewStatement",
      summary: "How some lines of a provider's file are read by a mapping. Asks no account, keeps nothing",
      scope: "viewer",
      good: [{ status: 200, what: "The rows, or what cannot be read.", schema: previewSchema }],
    },
    {
      params: z.object({ provider: textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider") }),
      body: z
        .strictObject({ mapping: mappingSchema, text: lengthSchema(1, 30_000, "the first lines of a file") })
        .openapi("StatementLines"),
    },
  );
  api.openapi(route, (c) => {
    const { mapping, text } = c.req.valid("json");
    const read = readStatementFile(text, mapping, c.get("services").clock.now());
    if (!read.ok) return c.json({ rows: [], problems: read.problem.map((one) => ({ ...one })), footing: null }, 200);
    const { rows, summary } = read.value;
    const footing = footingOf(rows, summary);
    return c.json(
      {
        rows: rows.slice(0, shownAtMost).map(presentRow),
        problems: [],
        footing: footing.kind === "foots" ? null : footingTexts[footing.reason],
      },
      200,
    );
  });
}

function presentRow(row: StatementRow): z.infer<typeof rowSchema> {
  return {
    line: row.line,
    word: row.word,
    said: row.said,
    at: presentTime(row.time.from),
    their_id: row.theirId,
    reference: row.reference,
    number: row.number === null ? null : maskNumber(row.number),
    amount: row.amount === null ? null : formatAmount(row.amount),
    movement: row.movement === null ? null : formatAmount(row.movement),
    balance_after: row.balanceAfter === null ? null : formatAmount(row.balanceAfter),
  };
}
