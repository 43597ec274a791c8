// `/admin/v1/rulings`: what was proposed and waits for a second person.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { formatAmount } from "../base/money.ts";
import { type BookedProposal, listProposals } from "../ledger/proposals.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { presentTime, rechargeSchema } from "./recharge-schema.ts";

export const proposalSchema = z
  .object({ word: z.enum(["success", "failure"]), proposed_by: z.string(), proposed_at: z.string() })
  .openapi("Proposal", { description: "It may be void meanwhile: the recharge's evidence says so." });

export function presentProposal({ word, by, at }: BookedProposal): z.infer<typeof proposalSchema> {
  return { word, proposed_by: by, proposed_at: presentTime(at) };
}

const waitingSchema = z
  .object({
    partner: z.string(),
    recharge_id: z.string(),
    product: z.string(),
    money_at_risk: z.object({ amount: z.string(), currency: rechargeSchema.shape.currency }),
    proposal: proposalSchema,
  })
  .openapi("WaitingProposal");

const shownAtMost = 100;

export function addProposalRoute(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/rulings",
      operationId: "listProposals",
      summary: "Rulings that wait for a second person, the oldest first (at most 100)",
      scope: "viewer",
      good: [{ status: 200, what: "What waits.", schema: z.object({ proposals: z.array(waitingSchema) }) }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const waiting = await listProposals(c.get("services").database, shownAtMost);
    const proposals = waiting.map((one) => ({
      partner: partnerIdOf(one.account),
      recharge_id: one.rechargeId,
      product: one.product,
      money_at_risk: { amount: formatAmount(one.cost), currency: one.currency },
      proposal: presentProposal(one),
    }));
    return c.json({ proposals }, 200);
  });
}
