// `GET /admin/v1/differences`: what reconciliation found between accounts and the ledger. Reported once, never repaired.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { currencies, formatAmount, subtract } from "../base/money.ts";
import { listDifferences } from "../ledger/differences.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { presentTime } from "./recharge-schema.ts";

const shownAtMost = 200;
const differencesSchema = z
  .object({
    differences: z.array(
      z.object({
        partner: z.string(),
        event_number: z.int().openapi({ description: "Both were compared at this event." }),
        currency: z.enum(currencies),
        figure: z.string().openapi({ description: "balance, held, debt, or net: balance + held − debt." }),
        compared_with: z
          .string()
          .openapi({ description: "What of the ledger: wallet_states, transfers or recharges." }),
        account: z.string(),
        ledger: z.string(),
        difference: z.string().openapi({ description: "The account less the ledger." }),
        found_at: z.string(),
      }),
    ),
  })
  .openapi("Differences");

export function addDifferenceRoute(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/differences",
      operationId: "listDifferences",
      summary: "What differs between accounts and the ledger, the newest first (at most 200)",
      scope: "viewer",
      good: [{ status: 200, what: "The differences.", schema: differencesSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const found = await listDifferences(c.get("services").database, shownAtMost);
    const differences = found.map((one) => ({
      partner: partnerIdOf(one.account),
      event_number: one.event,
      currency: one.currency,
      figure: one.figure,
      compared_with: one.comparedWith,
      account: formatAmount(one.accountValue),
      ledger: formatAmount(one.ledgerValue),
      difference: formatAmount(subtract(one.accountValue, one.ledgerValue)),
      found_at: presentTime(one.foundAt),
    }));
    return c.json({ differences }, 200);
  });
}
