// `/admin/v1` about the wallets that we have at providers: declarations, movements of the float, balance segments.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import { declareWallet, recordMovement, withdrawDeclaration } from "../reconciliation/segments/declare.ts";
import { readSegmentBook, readSegments } from "../reconciliation/segments/judge-segments.ts";
import { judgeByStaff } from "../reconciliation/staff-run.ts";
import { declarationKinds, type SegmentBook } from "../recharges/segment-book.ts";
import { providerParam } from "./admin-codes.ts";
import { adminRoute, adminRouteWithBody, noQuery } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import {
  bookSchema,
  declarationOf,
  movementOf,
  newDeclarationSchema,
  newFloatMovementSchema,
  presentBook,
  withdrawalSchema,
} from "./admin-float-schema.ts";
import { judgedSchema, presentJudged, presentSegments, segmentsShape } from "./admin-segment-schema.ts";
import { actOf } from "./entry.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

const providerPath = "/admin/v1/providers/{provider}";
const goodBook = [{ status: 200, what: "What stands, and what was recorded.", schema: bookSchema }];

export function addSegmentRoutes(api: Api): void {
  addBook(api);
  addDeclare(api);
  addWithdraw(api);
  addMovement(api);
  addRead(api);
  addJudge(api);
}

function answerBook(c: Context<ApiEnv>, book: Result<SegmentBook, Refusal>): Response {
  return book.ok ? c.json(presentBook(book.value), 200) : answerRefusal(c, book.problem);
}

function addBook(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${providerPath}/wallet`,
      operationId: "readSegmentBook",
      summary: "What staff declared of our wallet at a provider, its recorded movements, and whether it is quiet",
      scope: "viewer",
      good: goodBook,
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    return answerBook(c, await readSegmentBook(c.get("services").segments, c.req.valid("param").provider));
  });
}

function addDeclare(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${providerPath}/declarations`,
      operationId: "declareWallet",
      summary: "Declare from now on what moves our wallet at a provider; said again, it stays as it stands",
      scope: "operator",
      good: goodBook,
      refused: ["not_found"],
    },
    { params: providerParam, body: newDeclarationSchema },
  );
  api.openapi(route, async (c) => {
    const declared = { ...c.req.valid("param"), ...declarationOf(c.req.valid("json")) };
    return answerBook(c, await declareWallet(c.get("services").segments, declared, actOf(c)));
  });
}

function addWithdraw(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${providerPath}/declarations/{kind}/withdraw`,
      operationId: "withdrawDeclaration",
      summary: "Take a declaration back",
      scope: "operator",
      good: goodBook,
      refused: ["not_found"],
    },
    { params: providerParam.extend({ kind: z.enum(declarationKinds) }), body: withdrawalSchema },
  );
  api.openapi(route, async (c) => {
    const withdrawn = { ...c.req.valid("param"), ...c.req.valid("json") };
    return answerBook(c, await withdrawDeclaration(c.get("services").segments, withdrawn, actOf(c)));
  });
}

function addMovement(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${providerPath}/float-movements`,
      operationId: "recordFloatMovement",
      summary: "Record a movement of our wallet at a provider that is no call of ours, once by its external reference",
      scope: "finance",
      good: goodBook,
      refused: ["not_found"],
    },
    { params: providerParam, body: newFloatMovementSchema },
  );
  api.openapi(route, async (c) => {
    const { provider } = c.req.valid("param");
    const movement = movementOf(c.req.valid("json"));
    return answerBook(c, await recordMovement(c.get("services").segments, provider, movement, actOf(c)));
  });
}

function addRead(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${providerPath}/segments`,
      operationId: "readSegments",
      summary: "The balance segments of a provider as they stand, drawn. Asks every account; settles nothing",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "Segments in time, with what they would prove.",
          schema: z.object({ ...segmentsShape, book: bookSchema }),
        },
      ],
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const read = await readSegments(c.get("services").segments, c.req.valid("param").provider);
    if (!read.ok) return answerRefusal(c, read.problem);
    const { segments, book } = read.value;
    return c.json({ ...presentSegments(segments), book: presentBook(book) }, 200);
  });
}

function addJudge(api: Api): void {
  const route = adminRoute(
    "post",
    {
      path: `${providerPath}/segments`,
      operationId: "judgeSegments",
      summary: "Judge the balance segments of a provider now, and settle what they prove",
      scope: "operator",
      good: [{ status: 200, what: "What came of it.", schema: judgedSchema }],
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const judged = await judgeByStaff(c.get("services").segments, c.req.valid("param").provider, actOf(c));
    return judged.ok ? c.json(presentJudged(judged.value), 200) : answerRefusal(c, judged.problem);
  });
}
