// `/admin/v1` about the providers' statements: how they are read, dry run, applying.
import { createRoute, z } from "@hono/zod-openapi";
import { applyImport } from "../reconciliation/provider-statement/apply.ts";
import {
  changeMapping,
  findMapping,
  noSuchProvider,
  planImport,
  readStatements,
} from "../reconciliation/provider-statement/import.ts";
import { mappingSchema } from "../reconciliation/provider-statement/mapping.ts";
import { adminRoute, adminRouteWithBody, noQuery } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { planSchema, presentPlan, presentStatement, statementSchema } from "./admin-statement-schema.ts";
import { readCsv } from "./body.ts";
import { actOf, requireStaff } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";

const providerPath = "/admin/v1/providers/{provider}";
const providerParam = z.object({ provider: textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider") });
const statementParam = providerParam.extend({ id: textSchema(/^pst_[0-9a-f]{20}$/, "the id of a dry run") });

export function addProviderStatements(api: Api): void {
  addMapping(api);
  addImport(api);
  addList(api);
  addApply(api);
}

const knownMapping = z.object({ version: z.int(), mapping: mappingSchema }).openapi("KnownStatementMapping");

function addMapping(api: Api): void {
  const path = `${providerPath}/statement-mapping`;
  const put = adminRouteWithBody(
    "put",
    {
      path,
      operationId: "changeStatementMapping",
      summary: "Say how a provider's statements are read; remembered until it is said again",
      scope: "operator",
      good: [{ status: 200, what: "The mapping that is remembered.", schema: knownMapping }],
      refused: ["not_found"],
    },
    { params: providerParam, body: mappingSchema },
  );
  api.openapi(put, async (c) => {
    const { provider } = c.req.valid("param");
    const changed = await changeMapping(c.get("services").statements, provider, c.req.valid("json"), actOf(c));
    return changed.ok ? c.json({ ...changed.value }, 200) : answerRefusal(c, changed.problem);
  });
  const get = adminRoute(
    "get",
    {
      path,
      operationId: "readStatementMapping",
      summary: "How a provider's statements are read",
      scope: "viewer",
      good: [{ status: 200, what: "The mapping that is remembered.", schema: knownMapping }],
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(get, async (c) => {
    const known = await findMapping(c.get("services").database, c.req.valid("param").provider);
    return known === null ? answerRefusal(c, noSuchProvider) : c.json({ ...known }, 200);
  });
}

function addImport(api: Api): void {
  const route = createRoute({
    method: "post",
    path: `${providerPath}/statements`,
    operationId: "planProviderStatement",
    summary: "Dry run of a provider's statement: what applying it would do. Moves nothing",
    description:
      "Staff scope: `operator`. The file as `text/csv`, or as `multipart/form-data` in the part `file`; UTF-8, at most 5 MiB. " +
      "A file with lines that cannot be read is refused as a whole, and `errors` names each as `/line/{number}`.",
    tags: ["Staff"],
    security: [{ staff: [] }],
    middleware: [requireStaff("operator")],
    request: {
      params: providerParam,
      query: z.strictObject({
        dry_run: z.enum(["", "true"], { error: "must be given: an import begins with a dry run" }),
      }),
      body: { required: true, content: { "text/csv": { schema: z.string() } } },
    },
    responses: answers(
      [{ status: 200, what: "What applying would do.", schema: planSchema }],
      ["credentials", "scope", "content_type", "body_too_large", "body_malformed", "parameter", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const text = await readCsv(c);
    if (!text.ok) return answerRefusal(c, text.problem);
    const { provider } = c.req.valid("param");
    const planned = await planImport(c.get("services").statements, provider, text.value, actOf(c));
    if (!planned.ok) return answerRefusal(c, planned.problem);
    return c.json(presentPlan(planned.value), 200);
  });
}

function addList(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${providerPath}/statements`,
      operationId: "listProviderStatements",
      summary: "Dry runs and imports of a provider, the latest first (at most 100)",
      scope: "viewer",
      good: [{ status: 200, what: "The imports.", schema: z.object({ statements: z.array(statementSchema) }) }],
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const found = await readStatements(c.get("services").statements, c.req.valid("param").provider);
    if (!found.ok) return answerRefusal(c, found.problem);
    return c.json({ statements: found.value.map(presentStatement) }, 200);
  });
}

const appliedSchema = z
  .object({
    kind: z.enum(["applied", "outdated"]).openapi({
      description:
        "`outdated`: an attempt has heard something since the dry run, or a row was used meanwhile; nothing was done. Make another dry run.",
    }),
    is_replay: z.boolean().optional().openapi({ description: "It was applied before; nothing was done again." }),
    statement: statementSchema.optional(),
    attempts: z.array(z.object({ account: z.int(), attempt: z.int() })).optional(),
  })
  .openapi("AppliedStatement");

function addApply(api: Api): void {
  const route = adminRoute(
    "post",
    {
      path: `${providerPath}/statements/{id}/apply`,
      operationId: "applyProviderStatement",
      summary: "Do what a dry run showed, once, or nothing",
      scope: "operator",
      good: [{ status: 200, what: "What came of it.", schema: appliedSchema }],
      refused: ["not_found"],
    },
    { params: statementParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const applied = await applyImport(c.get("services").statements, c.req.valid("param"), actOf(c));
    if (!applied.ok) return answerRefusal(c, applied.problem);
    const { value } = applied;
    if (value.kind === "outdated") return c.json({ kind: value.kind, attempts: [...value.attempts] }, 200);
    const { kind, isReplay, statement } = value;
    return c.json({ kind, is_replay: isReplay, statement: presentStatement(statement) }, 200);
  });
}
