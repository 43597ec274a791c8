// `/admin/v1/partners/{partner}/statement`: the statement that the partner itself reads.
import { createRoute } from "@hono/zod-openapi";
import { refusal } from "../base/refusal.ts";
import type { Api } from "./admin-routes.ts";
import { partnerPath } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { requireStaff } from "./entry.ts";
import { inOrder } from "./events-schema.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import { answerStatementOf, statementQuery, statementsSchema } from "./statement.ts";

export function addPartnerStatementRoute(api: Api): void {
  const route = createRoute({
    method: "get",
    path: `${partnerPath}/statement`,
    operationId: "readPartnerStatement",
    tags: ["Staff"],
    summary: "Each movement of a partner's wallet from opening to closing balance",
    description: "Staff scope: `viewer`. JSON, or CSV with `format=csv` or `Accept: text/csv`.",
    security: [{ staff: [] }],
    middleware: [requireStaff("viewer")],
    request: { params: partnerParam, query: statementQuery },
    responses: answers(
      [{ status: 200, what: "One statement per wallet.", schema: statementsSchema }],
      ["credentials", "scope", "parameter", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const account = accountOf(c.req.valid("param").partner);
    const figures = await c.get("services").account(account).readFigures({ withPending: false });
    if (figures === null) return answerRefusal(c, refusal("not_found", "There is no such partner."));
    const own = inOrder(figures.wallets).map((wallet) => wallet.currency);
    return answerStatementOf(c, { account, own }, c.req.valid("query"));
  });
}
