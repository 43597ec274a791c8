// What staff see of a recharge and of an account: attempts with their evidence, cases, figures.
import { z } from "@hono/zod-openapi";
import { partnerIdOf, readRechargeId } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import { listRecharges, readCursor } from "../ledger/book.ts";
import { caseKinds } from "../recharges/events.ts";
import { evidenceKinds } from "../recharges/evidence.ts";
import { attemptStates, rechargeStates } from "../recharges/recharge.ts";
import { adminRoute, noQuery, nothing, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { presentWallets, walletSchema } from "./events-schema.ts";
import { countSchema, momentOf, momentSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { agentIdSchema, bookedRechargeSchema, presentBooked, presentTime } from "./recharge-schema.ts";
import type { ApiServices } from "./services.ts";

export function addRechargeInsides(api: Api): void {
  addList(api);
  addEvidence(api);
  addFigures(api);
}

const listedSchema = bookedRechargeSchema
  .extend({
    partner: z.string(),
    provider: z.string(),
    reference: z.string().openapi({ description: "Ours, as the provider got it." }),
  })
  .openapi("ListedRecharge");

const listQuery = z.strictObject({
  partner: partnerParam.shape.partner.optional(),
  state: z.enum(rechargeStates).optional(),
  product: textSchema(/^[a-z0-9.-]{3,64}$/, "the id of a product").optional(),
  agent_id: agentIdSchema.optional(),
  from: momentSchema.optional().openapi({ description: "Placed at this time or later." }),
  to: momentSchema.optional().openapi({ description: "Placed before this time." }),
  cursor: textSchema(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/, "a `next_cursor` of an earlier page").optional(),
  limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
});

function addList(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/recharges",
      operationId: "listAllRecharges",
      summary: "Recharges of one partner or of all, the newest first, read from the ledger",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "A page of them.",
          schema: z.object({ recharges: z.array(listedSchema), next_cursor: z.string().nullable() }),
        },
      ],
    },
    { params: nothing, query: listQuery },
  );
  api.openapi(route, async (c) => {
    const { partner, from, to, cursor, limit, agent_id: agentId, state, product } = c.req.valid("query");
    const page = await listRecharges(c.get("services").database, {
      ...(partner === undefined ? {} : { account: accountOf(partner) }),
      ...(agentId === undefined ? {} : { agentId }),
      ...(state === undefined ? {} : { state }),
      ...(product === undefined ? {} : { product }),
      ...(from === undefined ? {} : { from: momentOf(from) }),
      ...(to === undefined ? {} : { to: momentOf(to) }),
      cursor: cursor === undefined ? null : readCursor(cursor),
      limit: Number(limit ?? 100),
    });
    const shown = page.recharges.map((one) => {
      const { account, provider, reference } = one;
      return { ...presentBooked(one), partner: partnerIdOf(account), provider, reference };
    });
    return c.json({ recharges: shown, next_cursor: page.nextCursor }, 200);
  });
}

const evidenceSchema = z
  .object({
    kind: z.enum(evidenceKinds),
    word: z.enum(["success", "failure", "declined", "pending", "absent", "unclear"]),
    speaks_at: z.string(),
    received_at: z.string(),
    operator_reference: z.string().nullable(),
    their_reference: z.string().nullable(),
    cause: z.string().nullable(),
    said: z.string(),
  })
  .openapi("Evidence");

const caseSchema = z
  .object({ kind: z.enum(caseKinds), recharge_id: z.string(), opened_at: z.string(), closed_at: z.string().nullable() })
  .openapi("Case");

const insideSchema = z
  .object({
    attempts: z.array(
      z.object({
        reference: z.string(),
        provider: z.string(),
        state: z.enum(attemptStates),
        started_at: z.string(),
        evidence: z.array(evidenceSchema),
      }),
    ),
    cases: z.array(caseSchema),
  })
  .openapi("RechargeInside");

function addEvidence(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/recharges/{id}",
      operationId: "readEvidence",
      summary: "Attempts of a recharge with their evidence, and its cases",
      scope: "viewer",
      good: [{ status: 200, what: "What is known.", schema: insideSchema }],
      refused: ["not_found"],
    },
    { params: z.object({ id: z.string() }), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const number = readRechargeId(id)?.accountNumber ?? 0;
    const account = number === 0 ? null : c.get("services").account(number);
    const attempts = (await account?.readAttempts(id)) ?? [];
    if (account === null || attempts.length === 0)
      return answerRefusal(c, refusal("not_found", "There is no such recharge."));
    const cases = (await account.readCases()).filter((one) => one.rechargeId === id);
    return c.json(presentInside(attempts, cases), 200);
  });
}

type Calls = ReturnType<ApiServices["account"]>;

function presentInside(
  attempts: Awaited<ReturnType<Calls["readAttempts"]>>,
  cases: Awaited<ReturnType<Calls["readCases"]>>,
): z.infer<typeof insideSchema> {
  return {
    attempts: attempts.map((attempt) => ({
      reference: attempt.reference,
      provider: attempt.provider,
      state: attempt.state,
      started_at: presentTime(attempt.startedAt),
      evidence: attempt.evidence.map((piece) => ({
        kind: piece.kind,
        word: piece.word,
        speaks_at: presentTime(piece.speaksAt),
        received_at: presentTime(piece.receivedAt),
        operator_reference: piece.operatorReference,
        their_reference: piece.theirReference,
        cause: piece.cause,
        said: piece.said,
      })),
    })),
    cases: cases.map((one) => ({
      kind: one.kind,
      recharge_id: one.rechargeId,
      opened_at: presentTime(one.openedAt),
      closed_at: one.closedAt === null ? null : presentTime(one.closedAt),
    })),
  };
}

const figuresSchema = z
  .object({
    event_number: z.int(),
    wallets: z.array(walletSchema),
    pending: z.int(),
    forgotten: z.int().openapi({ description: "Pending without a planned settlement or an open case; must be 0." }),
  })
  .openapi("Figures");

function addFigures(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${partnerPath}/figures`,
      operationId: "readFigures",
      summary: "Figures of an account at one event number",
      scope: "viewer",
      good: [{ status: 200, what: "The figures.", schema: figuresSchema }],
      refused: ["not_found"],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const account = c.get("services").account(accountOf(c.req.valid("param").partner));
    const figures = await account.readFigures({ withPending: true });
    if (figures === null) return answerRefusal(c, refusal("not_found", "There is no such partner."));
    const { eventNumber, wallets, pending, forgotten } = figures;
    return c.json({ event_number: eventNumber, wallets: presentWallets(wallets), pending, forgotten }, 200);
  });
}
