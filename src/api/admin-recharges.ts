// What staff see of a recharge and of an account: attempts with their evidence, cases, figures.
import { z } from "@hono/zod-openapi";
import { readRechargeId } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import { caseKinds } from "../recharges/events.ts";
import { evidenceKinds } from "../recharges/evidence.ts";
import { attemptStates } from "../recharges/recharge.ts";
import { adminRoute, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { presentWallets, walletSchema } from "./events-schema.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ApiServices } from "./services.ts";

export function addRechargeInsides(api: Api): void {
  addEvidence(api);
  addFigures(api);
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
