// `/v1/statement`: what moved in a wallet from opening to closing balance, as JSON or CSV.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { add, currencies, formatAmount, minor } from "../base/money.ts";
import type { Currency } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import { readStatement } from "../ledger/statement.ts";
import type { Statement, StatementLine } from "../ledger/statement.ts";
import { answerCsv, wantsCsv, writeCsv } from "./csv.ts";
import { requireScope } from "./entry.ts";
import { inOrder } from "./events-schema.ts";
import { countSchema, momentOf, momentSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const lineSchema = z
  .object({
    event: z.int(),
    at: z.string().openapi({ format: "date-time" }),
    type: z.string(),
    recharge_id: z.string().nullable(),
    agent_id: z.string().nullable(),
    product: z.string().nullable(),
    number: z.string().nullable(),
    reason: z.string().nullable(),
    external_reference: z.string().nullable(),
    amount_in: z.string(),
    amount_out: z.string(),
    balance: z.string().openapi({ description: "After this line." }),
  })
  .openapi("StatementLine");

const statementSchema = z
  .object({
    currency: z.enum(currencies),
    from: z.string().openapi({ format: "date-time" }),
    to: z.string().openapi({ format: "date-time" }),
    opening: z.string(),
    total_in: z.string(),
    total_out: z.string(),
    closing: z.string().openapi({ description: "opening + total_in − total_out." }),
    as_of_event: z.int().openapi({ description: "Complete up to this event of `GET /v1/events`." }),
    next_after: z.int().nullable().openapi({ description: "Ask again with `after` and `currency`; null: complete." }),
    lines: z.array(lineSchema),
  })
  .openapi("Statement");

export const statementQuery = z
  .strictObject({
    currency: z.enum(currencies).optional().openapi({ description: "One wallet; without it all of them." }),
    from: momentSchema.optional(),
    to: momentSchema.optional().openapi({ description: "Not included; now by default." }),
    after: countSchema(0, 999_999_999).optional().openapi({ description: "`next_after` of the page before." }),
    limit: countSchema(1, 5_000).optional().openapi({ description: "Lines per wallet, 1000 by default." }),
    format: z.enum(["json", "csv"]).optional(),
  })
  .refine((query) => query.after === undefined || query.currency !== undefined, {
    path: ["after"],
    message: "goes with currency",
  });

export const statementsSchema = z.object({ statements: z.array(statementSchema) });
export type StatementQuery = z.infer<typeof statementQuery>;

export function addStatementRoute(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const responses = answers(
    [{ status: 200, what: "One statement per wallet.", schema: statementsSchema }],
    ["credentials", "address", "scope", "rate", "parameter", "not_found"],
  );
  const route = createRoute({
    method: "get",
    path: "/v1/statement",
    operationId: "readStatement",
    tags: ["Account"],
    summary: "Each movement of a wallet from opening to closing balance",
    description:
      "JSON, or CSV with `format=csv` or `Accept: text/csv`. Read from the ledger: it says up to which event.",
    security: [{ key: [] }],
    middleware: [requireScope("account:read", limiter)],
    request: { query: statementQuery },
    responses,
  });
  api.openapi(route, async (c) => answerStatement(c, c.req.valid("query")));
}

async function answerStatement(c: Context<ApiEnv>, query: StatementQuery): Promise<Response> {
  const { caller, account } = c.get("authenticated");
  const wallets = await c.get("services").account(account).readWallets(caller);
  if (!wallets.ok) return answerRefusal(c, wallets.problem);
  const own = inOrder(wallets.value).map((wallet) => wallet.currency);
  return answerStatementOf(c, { account, own }, query);
}

/** The statement of an account's own wallets, from the ledger; refuses a wallet that it has not. */
export async function answerStatementOf(
  c: Context<ApiEnv>,
  { account, own }: { readonly account: number; readonly own: readonly Currency[] },
  query: StatementQuery,
): Promise<Response> {
  const { database, clock } = c.get("services");
  if (query.currency !== undefined && !own.includes(query.currency))
    return answerRefusal(c, refusal("not_found", `There is no wallet in ${query.currency}.`));
  const from = query.from === undefined ? 0 : momentOf(query.from);
  const to = query.to === undefined ? clock.now() + 1 : momentOf(query.to);
  const after = Number(query.after ?? 0);
  const limit = Number(query.limit ?? 1_000);
  const statements: z.infer<typeof statementSchema>[] = [];
  for (const currency of query.currency === undefined ? own : [query.currency]) {
    const statement = await readStatement(database, { account, currency, from, to, after, limit });
    statements.push(presentStatement({ currency, from, to, statement }));
  }
  if (!wantsCsv(c, query.format)) return c.json({ statements }, 200);
  return answerCsv(c, "statement", csvOf(statements));
}

function presentStatement(read: {
  readonly currency: Currency;
  readonly from: number;
  readonly to: number;
  readonly statement: Statement;
}): z.infer<typeof statementSchema> {
  const { currency, from, to, statement } = read;
  const sum = (side: "amountIn" | "amountOut"): string =>
    formatAmount(statement.lines.reduce((total, line) => add(total, line[side]), minor(0)));
  return {
    currency,
    from: presentTime(from),
    to: presentTime(to),
    opening: formatAmount(statement.opening),
    total_in: sum("amountIn"),
    total_out: sum("amountOut"),
    closing: formatAmount(statement.closing),
    as_of_event: statement.asOfEvent,
    next_after: statement.nextAfter,
    lines: statement.lines.map(presentLine),
  };
}

function presentLine(line: StatementLine): z.infer<typeof lineSchema> {
  return {
    event: line.event,
    at: presentTime(line.at),
    type: line.type,
    recharge_id: line.rechargeId,
    agent_id: line.agentId,
    product: line.product,
    number: line.number,
    reason: line.reason,
    external_reference: line.externalReference,
    amount_in: formatAmount(line.amountIn),
    amount_out: formatAmount(line.amountOut),
    balance: formatAmount(line.balance),
  };
}

const columns = [
  "event",
  "at",
  "type",
  "recharge_id",
  "agent_id",
  "product",
  "number",
  "reason",
  "external_reference",
] as const;

/** An opening and a closing line per wallet, so that the file foots by itself. */
export function csvOf(statements: readonly z.infer<typeof statementSchema>[]): string {
  const rows = statements.flatMap(({ currency, from, to, opening, closing, lines }) => [
    [currency, "", from, "opening", "", "", "", "", "", "", "", "", opening],
    ...lines.map((line) => [
      currency,
      ...columns.map((name) => line[name]),
      line.amount_in,
      line.amount_out,
      line.balance,
    ]),
    [currency, "", to, "closing", "", "", "", "", "", "", "", "", closing],
  ]);
  return writeCsv(["currency", ...columns, "amount_in", "amount_out", "balance"], rows);
}
