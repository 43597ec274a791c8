// `POST /admin/v1/recharges/search`: one recharge among all, by whatever somebody has of it. By POST, so that no number is in a URL.
import { createRoute, z } from "@hono/zod-openapi";
import { partnerIdOf, readRechargeId } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import { foldDigits } from "../catalog/digits.ts";
import { readMobile } from "../catalog/phone.ts";
import { type BookedRecharge, listRecharges, type RechargeFilter, readCursor } from "../ledger/book.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { Sought } from "../ledger/sought.ts";
import { filterOf, listedSchema, listFilter, presentListed } from "./admin-recharge-list.ts";
import type { Api } from "./admin-routes.ts";
import { requireJson } from "./body.ts";
import { answerCsv, type Cell, writeCsv } from "./csv.ts";
import { requireStaff } from "./entry.ts";
import { lengthSchema, momentOf } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

const dayMs = 86_400_000;
/** Names without an index are looked for so far back where no `from` is given. */
const namesBackMs = 31 * dayMs;
const pageAtMost = 500;
const csvRowsAtMost = 10_000;

const searchSchema = listFilter
  .extend({
    text: lengthSchema(1, 64, "text of 1 to 64 characters").optional().openapi({
      description:
        "A subscriber number (as people write it), an agent id, the id of a recharge, an operator's reference, or ours. All but numbers and ids are looked for 31 days back, or from `from`.",
    }),
    limit: z.int().min(1).max(pageAtMost).optional().openapi({ description: "100 by default." }),
    format: z.enum(["json", "csv"]).optional().openapi({
      description: "`csv`: all of them in one file, at most 10,000; `limit` and `cursor` do not count.",
    }),
  })
  .openapi("RechargeSearch");

export function addRechargeSearch(api: Api): void {
  const route = createRoute({
    method: "post",
    path: "/admin/v1/recharges/search",
    operationId: "searchRecharges",
    tags: ["Staff"],
    summary:
      "Look for recharges by number, agent id, id or reference, the newest first, in the ledger; or have them as CSV",
    description: "Staff scope: `viewer`. Writes nothing; it is a POST so that no number stands in a URL.",
    security: [{ staff: [] }],
    middleware: [requireStaff("viewer"), requireJson],
    request: { body: { required: true, content: { "application/json": { schema: searchSchema } } } },
    responses: answers(
      [
        {
          status: 200,
          what: "A page of them.",
          schema: z.object({ recharges: z.array(listedSchema), next_cursor: z.string().nullable() }),
        },
      ],
      ["credentials", "scope", "content_type", "body_too_large", "body_malformed", "parameter"],
    ),
  });
  api.openapi(route, async (c): Promise<Response> => {
    const { text, limit = 100, format, ...given } = c.req.valid("json");
    const { database, clock } = c.get("services");
    const from = given.from === undefined ? clock.now() - namesBackMs : momentOf(given.from);
    const filter = { ...filterOf(given), ...soughtIn(text, from) };
    if (format === "csv") {
      const rows = await readAll(database, filter);
      if (rows !== null) return answerCsv(c, `recharges-${presentTime(clock.now()).slice(0, 10)}`, csvOf(rows));
      const reason = `must be later: more than ${csvRowsAtMost} recharges are in it`;
      return answerRefusal(
        c,
        refusal("parameter", "There are too many.", { problems: [{ pointer: "/from", reason }] }),
      );
    }
    const page = await listRecharges(database, { ...filter, limit });
    return c.json({ recharges: page.recharges.map(presentListed), next_cursor: page.nextCursor }, 200);
  });
}

function soughtIn(text: string | undefined, since: number): Pick<RechargeFilter, "sought" | "recharge"> {
  const trimmed = text?.trim();
  if (trimmed === undefined) return {};
  const recharge = readRechargeId(trimmed.toLowerCase());
  return recharge === null ? { sought: readSought(trimmed, since) } : { recharge };
}

/** A mobile number in every way that people write it is the number that it stands for in each country; a biller's account is itself. */
function readSought(text: string, since: number): Sought {
  const mobiles = (["IN", "BD"] as const).map((country) => readMobile(text, country));
  const numbers = mobiles.flatMap((read) => (read.kind === "mobile" ? [read.number] : []));
  const folded = foldDigits(text);
  return { text, numbers: [...new Set([...numbers, folded, folded.replaceAll(/[ -]/g, "")])], since };
}

/** Null: there are more than a file takes. */
async function readAll(
  database: LedgerDatabase,
  filter: Omit<RechargeFilter, "limit">,
): Promise<readonly BookedRecharge[] | null> {
  const all: BookedRecharge[] = [];
  let cursor: RechargeFilter["cursor"] = null;
  while (all.length <= csvRowsAtMost) {
    const page: Awaited<ReturnType<typeof listRecharges>> = await listRecharges(database, {
      ...filter,
      cursor,
      limit: pageAtMost,
    });
    all.push(...page.recharges);
    if (page.nextCursor === null) return all.length > csvRowsAtMost ? null : all;
    cursor = readCursor(page.nextCursor);
  }
  return null;
}

const csvColumns = {
  created_at: (one) => presentTime(one.createdAt),
  id: (one) => one.id,
  partner: (one) => partnerIdOf(one.account),
  agent_id: (one) => one.agentId,
  product: (one) => one.product,
  number: (one) => one.number,
  currency: (one) => one.currency,
  amount: (one) => ({ amount: one.face }),
  commission: (one) => ({ amount: one.commission }),
  cost: (one) => ({ amount: one.cost }),
  state: (one) => one.state,
  proof: (one) => one.proof,
  operator_reference: (one) => one.operatorReference,
  failure: (one) => one.failure?.cause ?? null,
  provider: (one) => one.provider,
  reference: (one) => one.reference,
  updated_at: (one) => presentTime(one.updatedAt),
} as const satisfies Record<string, (one: BookedRecharge) => Cell>;

function csvOf(rows: readonly BookedRecharge[]): string {
  const cells = rows.map((one) => Object.values(csvColumns).map((cellOf) => cellOf(one)));
  return writeCsv(Object.keys(csvColumns), cells);
}
