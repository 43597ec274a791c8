// `POST /admin/v1/recharges/{id}/rulings/preview`: what a ruling would do, in figures, before anybody proposes or confirms it.
import { z } from "@hono/zod-openapi";
import type { RulingEffect } from "../accounts/case-types.ts";
import { formatAmount } from "../base/money.ts";
import { previewRuling } from "../reconciliation/cases.ts";
import { disputeStates } from "../recharges/dispute.ts";
import { caseKinds } from "../recharges/events.ts";
import type { WalletView } from "../recharges/recharge.ts";
import { adminRouteWithBody } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { rechargeSchema } from "./recharge-schema.ts";

const { state, currency } = rechargeSchema.shape;
const walletSchema = z.object({ balance: z.string(), held: z.string(), debt: z.string() });
const effectSchema = z
  .object({
    word: z.enum(["success", "failure"]),
    succeeded: z
      .array(z.string())
      .openapi({ description: "References of the attempts that would count as succeeded." }),
    state: z.object({ before: state, after: state }),
    currency,
    wallet: z.object({ before: walletSchema, after: walletSchema }),
    case_after: z.enum(caseKinds).nullable().openapi({ description: "The case that would still be open." }),
    dispute: z.enum(disputeStates).nullable().openapi({ description: "What becomes of the dispute that is open." }),
  })
  .openapi("RulingEffect");

/** References of attempts, as a ruling names them. */
export const succeededSchema = z
  .array(textSchema(/^[0-9A-Z]{14}$/, "our reference of an attempt"))
  .min(1)
  .max(20)
  .optional()
  .openapi({ description: "Which attempts succeeded; by default those that stand so, else the last." });

export const seenSchema = z.int().min(0).openapi({ description: "The `evidence_number` that you read." });

export function addRulingPreview(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/recharges/{id}/rulings/preview",
      operationId: "previewRuling",
      summary: "What a ruling would do now: state, wallet, case and dispute before and after. Writes nothing",
      scope: "viewer",
      good: [{ status: 200, what: "What would come of it.", schema: effectSchema }],
      refused: ["not_found"],
    },
    {
      params: z.object({ id: z.string().openapi({ example: "rch_000010000001" }) }),
      body: z
        .strictObject({ word: z.enum(["success", "failure"]), seen: seenSchema, succeeded: succeededSchema })
        .openapi("RulingImagined"),
    },
  );
  api.openapi(route, async (c) => {
    const { word, seen, succeeded = null } = c.req.valid("json");
    const effect = await previewRuling(c.get("services"), c.req.valid("param").id, { word, seen, succeeded });
    return effect.ok ? c.json(presentEffect(effect.value), 200) : answerRefusal(c, effect.problem);
  });
}

function presentEffect({
  word,
  succeeded,
  state: states,
  wallet,
  caseAfter,
  dispute,
}: RulingEffect): z.infer<typeof effectSchema> {
  return {
    word,
    succeeded: [...succeeded],
    state: { ...states },
    currency: wallet.before.currency,
    wallet: { before: presentWallet(wallet.before), after: presentWallet(wallet.after) },
    case_after: caseAfter,
    dispute,
  };
}

function presentWallet({ balance, held, debt }: WalletView): z.infer<typeof walletSchema> {
  return { balance: formatAmount(balance), held: formatAmount(held), debt: formatAmount(debt) };
}
