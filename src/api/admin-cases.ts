// `/admin/v1` about what needs a person: open cases and disputes, the evidence of one recharge, and rulings by two persons.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { formatAmount } from "../base/money.ts";
import { readCursor } from "../ledger/book.ts";
import {
  type BookedCase,
  type BookedDispute,
  listOpenCases,
  listOpenDisputes,
  type OpenPage,
} from "../ledger/cases.ts";
import { confirmRuling, proposeRuling, readCaseFile } from "../reconciliation/cases.ts";
import { caseKinds } from "../recharges/events.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { caseFileSchema, dispositionSchema, presentCaseFile, presentRuling, rulingSchema } from "./evidence-schema.ts";
import { addProposalRoute, presentProposal, proposalSchema } from "./admin-proposals.ts";
import { addRulingPreview, seenSchema, succeededSchema } from "./admin-ruling-preview.ts";
import { countSchema, plainSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime, rechargeSchema } from "./recharge-schema.ts";

const rechargePath = "/admin/v1/recharges/{id}";
const rechargeParam = z.object({ id: z.string().openapi({ example: "rch_000010000001" }) });
const pageQuery = z.strictObject({
  cursor: textSchema(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/, "a `next_cursor` of an earlier page").optional(),
  limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
});

export function addCaseRoutes(api: Api): void {
  addLists(api);
  addEvidence(api);
  addProposalRoute(api);
  addRulingPreview(api);
  addPropose(api);
  addConfirm(api);
}

const itemShape = {
  partner: z.string(),
  recharge_id: z.string(),
  state: rechargeSchema.shape.state,
  product: z.string(),
  provider: z.string(),
  money_at_risk: z.object({ amount: z.string(), currency: rechargeSchema.shape.currency }),
  placed_at: z.string().openapi({ description: "Since when the money is in it." }),
  opened_at: z.string(),
  proposal: proposalSchema.nullable().openapi({ description: "The ruling that waits for a second person." }),
};
const pageShape = {
  next_cursor: z.string().nullable(),
  as_of: z
    .array(z.object({ partner: z.string(), event_number: z.int() }))
    .openapi({ description: "The event up to which the ledger knows each partner of the page." }),
};
const casesSchema = z
  .object({ cases: z.array(z.object({ ...itemShape, kind: z.enum(caseKinds) })), ...pageShape })
  .openapi("OpenCases");
const disputesSchema = z
  .object({
    disputes: z.array(z.object({ ...itemShape, number: z.int(), disposition: dispositionSchema, comment: z.string() })),
    ...pageShape,
  })
  .openapi("OpenDisputes");

function addLists(api: Api): void {
  const same = { scope: "viewer" } as const;
  const cases = adminRoute(
    "get",
    {
      ...same,
      path: "/admin/v1/cases",
      operationId: "listCases",
      summary: "Open cases of all partners, the oldest money first",
      good: [{ status: 200, what: "A page of them.", schema: casesSchema }],
    },
    { params: nothing, query: pageQuery },
  );
  api.openapi(cases, async (c) => {
    const page = await listOpenCases(c.get("services").database, questionOf(c.req.valid("query")));
    const items = page.items.map((one) => ({ ...presentItem(one), kind: one.kind }));
    return c.json({ cases: items, ...presentPage(page) }, 200);
  });
  const disputes = adminRoute(
    "get",
    {
      ...same,
      path: "/admin/v1/disputes",
      operationId: "listDisputes",
      summary: "Open disputes of all partners, the oldest money first",
      good: [{ status: 200, what: "A page of them.", schema: disputesSchema }],
    },
    { params: nothing, query: pageQuery },
  );
  api.openapi(disputes, async (c) => {
    const page = await listOpenDisputes(c.get("services").database, questionOf(c.req.valid("query")));
    const items = page.items.map((one) => {
      const { number, disposition, comment } = one;
      return { ...presentItem(one), number, disposition, comment };
    });
    return c.json({ disputes: items, ...presentPage(page) }, 200);
  });
}

function questionOf({ cursor, limit }: z.infer<typeof pageQuery>) {
  return { cursor: cursor === undefined ? null : readCursor(cursor), limit: Number(limit ?? 100) };
}

function presentItem(item: BookedCase | BookedDispute) {
  return {
    partner: partnerIdOf(item.account),
    recharge_id: item.rechargeId,
    state: item.state,
    product: item.product,
    provider: item.provider,
    money_at_risk: { amount: formatAmount(item.cost), currency: item.currency },
    placed_at: presentTime(item.createdAt),
    opened_at: presentTime(item.openedAt),
    proposal: item.proposal === null ? null : presentProposal(item.proposal),
  };
}

function presentPage({ nextCursor, asOf }: OpenPage<unknown>) {
  return {
    next_cursor: nextCursor,
    as_of: asOf.map(({ account, eventNumber }) => ({ partner: partnerIdOf(account), event_number: eventNumber })),
  };
}

function addEvidence(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${rechargePath}/evidence`,
      operationId: "readCaseFile",
      summary: "All evidence of a recharge, its case, what may be ruled, and what was",
      scope: "viewer",
      good: [{ status: 200, what: "What is known, asked of the account.", schema: caseFileSchema }],
      refused: ["not_found"],
    },
    { params: rechargeParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const file = await readCaseFile(c.get("services"), c.req.valid("param").id);
    return file.ok ? c.json(presentCaseFile(file.value), 200) : answerRefusal(c, file.problem);
  });
}

function addPropose(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${rechargePath}/rulings`,
      operationId: "proposeRuling",
      summary: "Propose what became of a recharge; another person confirms it",
      scope: "operator",
      good: [{ status: 201, what: "The proposal. Nothing has moved.", schema: rulingSchema }],
      refused: ["not_found"],
    },
    {
      params: rechargeParam,
      body: z
        .strictObject({
          word: z.enum(["success", "failure"]),
          reason: plainSchema(500).openapi({ description: "Why. The partner reads it." }),
          seen: seenSchema,
          succeeded: succeededSchema,
        })
        .openapi("NewRuling"),
    },
  );
  api.openapi(route, async (c) => {
    const { word, reason, seen, succeeded = null } = c.req.valid("json");
    const wanted = { word, reason, seen, succeeded };
    const proposed = await proposeRuling(c.get("services"), c.req.valid("param").id, wanted, actOf(c));
    return proposed.ok ? c.json(presentRuling(proposed.value), 201) : answerRefusal(c, proposed.problem);
  });
}

function addConfirm(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${rechargePath}/rulings/{number}/confirm`,
      operationId: "confirmRuling",
      summary: "Confirm a ruling that another person proposed; it is applied before this answers",
      scope: "operator",
      good: [{ status: 200, what: "The ruling, applied.", schema: rulingSchema }],
      refused: ["not_found"],
    },
    {
      params: rechargeParam.extend({ number: countSchema(1, 9_999) }),
      body: z.strictObject({ seen: seenSchema }).openapi("RulingConfirmation"),
    },
  );
  api.openapi(route, async (c) => {
    const { id, number } = c.req.valid("param");
    const confirmed = { number: Number(number), seen: c.req.valid("json").seen };
    const ruled = await confirmRuling(c.get("services"), id, confirmed, actOf(c));
    return ruled.ok ? c.json(presentRuling(ruled.value), 200) : answerRefusal(c, ruled.problem);
  });
}
