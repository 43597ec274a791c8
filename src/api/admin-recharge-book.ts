// `GET /admin/v1/recharges/{id}/book`: what the ledger has booked of one recharge, event by event.
import { z } from "@hono/zod-openapi";
import { readRechargeId } from "../base/id.ts";
import { currencies, formatAmount } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import { readRechargeBook, type RechargeBook } from "../ledger/recharge-book.ts";
import { adminRoute, noQuery } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

const currency = z.enum(currencies);
const bookSchema = z
  .object({
    as_of_event: z.int().openapi({ description: "The event up to which the ledger knows the partner." }),
    events: z.array(
      z.object({
        number: z.int(),
        type: z.string().openapi({ example: "recharge.placed" }),
        at: z.string().openapi({ format: "date-time" }),
        state: z.string().nullable().openapi({ description: "Of the recharge after it." }),
        provider: z.string().nullable(),
        case: z.string().nullable().openapi({ description: "Kind of the case that it opens or closes." }),
        wallet: z
          .object({ currency, balance: z.string(), held: z.string(), debt: z.string() })
          .openapi({ description: "After it." }),
      }),
    ),
    movements: z
      .array(
        z.object({
          event: z.int(),
          leg: z.int(),
          debit: z.string().openapi({ example: "wallet:1:INR" }),
          credit: z.string().openapi({ example: "held:1:INR" }),
          amount: z.string(),
          currency,
        }),
      )
      .openapi({ description: "Each takes its amount from `debit` and gives it to `credit`." }),
  })
  .openapi("RechargeBook");

export function addRechargeBook(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/recharges/{id}/book",
      operationId: "readRechargeBook",
      summary: "Events and money movements of a recharge, as the ledger has booked them",
      scope: "viewer",
      good: [{ status: 200, what: "What is booked.", schema: bookSchema }],
      refused: ["not_found"],
    },
    { params: z.object({ id: z.string() }), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const id = readRechargeId(c.req.valid("param").id);
    const found =
      id === null
        ? null
        : await readRechargeBook(c.get("services").database, { account: id.accountNumber, counter: id.counter });
    if (found === null || found.events.length === 0)
      return answerRefusal(c, refusal("not_found", "The ledger knows no such recharge, or not yet."));
    return c.json(presentBook(found), 200);
  });
}

function presentBook({ asOfEvent, events, transfers }: RechargeBook): z.infer<typeof bookSchema> {
  return {
    as_of_event: asOfEvent,
    events: events.map(({ wallet, at, ...event }) => ({
      ...event,
      at: presentTime(at),
      wallet: {
        currency: wallet.currency,
        balance: formatAmount(wallet.balance),
        held: formatAmount(wallet.held),
        debt: formatAmount(wallet.debt),
      },
    })),
    movements: transfers.map((one) => ({ ...one, amount: formatAmount(one.amount) })),
  };
}
