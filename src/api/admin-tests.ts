// `/admin/v1/providers/{provider}/tests`: recharges of the house through one provider, asked for by staff.
import { z } from "@hono/zod-openapi";
import { listTests, type ProviderTest, testProvider } from "../accounts/test-recharge.ts";
import { partnerIdOf } from "../base/id.ts";
import { formatAmount } from "../base/money.ts";
import { providerParam } from "./admin-codes.ts";
import { adminRoute, adminRouteWithBody, noQuery } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { presentWallet, walletSchema } from "./events-schema.ts";
import { amountOf, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { orderSchema, presentRecharge, presentTime, rechargeSchema } from "./recharge-schema.ts";

const testsPath = "/admin/v1/providers/{provider}/tests";

const testSchema = z
  .object({
    test_id: z.string(),
    asked_at: z.string(),
    asked_by: z.string(),
    product: z.string(),
    number: z.string().openapi({ description: "Its last three characters." }),
    amount: z.string(),
    recharge: rechargeSchema
      .nullable()
      .openapi({ description: "null: the house has none yet: it was refused, or is on its way there." }),
  })
  .openapi("ProviderTest");

const newTestSchema = z
  .strictObject({
    test_id: textSchema(/^[A-Za-z0-9._:-]{1,24}$/, "1 to 24 characters of A-Z a-z 0-9 . _ : -").openapi({
      description: "Your own name of the test. The same one is the same test for ever.",
    }),
    ...orderSchema.pick({ product: true, number: true, amount: true, fields: true }).shape,
    even_if_off: z.boolean().optional().openapi({ description: "Also where staff switched the provider off." }),
  })
  .openapi("NewProviderTest");

export function addTestRoutes(api: Api): void {
  addTest(api);
  addList(api);
}

function addTest(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: testsPath,
      operationId: "testProvider",
      summary: "Send one recharge of the house through exactly this provider, its code certified or not",
      scope: "operator",
      good: [{ status: 200, what: "The test, sent now or before; its result may be pending.", schema: testSchema }],
      refused: [
        "not_found",
        "agent_id_conflict",
        "suspended",
        "product_unknown",
        "product_unavailable",
        "number",
        "field",
        "amount_range",
        "amount_step",
        "currency",
        "limit_recharge",
        "limit_day",
        "balance",
        "repeat",
        "velocity",
      ],
    },
    { params: providerParam, body: newTestSchema },
  );
  api.openapi(route, async (c) => {
    const { provider } = c.req.valid("param");
    const {
      test_id: testId,
      product,
      number,
      amount,
      fields = {},
      even_if_off: evenIfOff = false,
    } = c.req.valid("json");
    const wanted = { provider, testId, product, number, amount: amountOf(amount), fields, evenIfOff };
    const tested = await testProvider(c.get("services").tests, wanted, actOf(c));
    return tested.ok ? c.json(presentTest(tested.value), 200) : answerRefusal(c, tested.problem);
  });
}

function addList(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: testsPath,
      operationId: "listTests",
      summary: "The last tests of a provider with their results, and what the house's wallet has for more",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "The newest first, at most ten.",
          schema: z.object({
            partner: z.string().nullable().openapi({
              description: "The house's own partner of the provider's mode; null: made with the first test.",
            }),
            wallet: walletSchema.nullable(),
            tests: z.array(testSchema),
          }),
        },
      ],
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const house = await listTests(c.get("services").tests, c.req.valid("param").provider);
    if (!house.ok) return answerRefusal(c, house.problem);
    const { account, wallet, tests } = house.value;
    const shown = {
      partner: account === null ? null : partnerIdOf(account),
      wallet: wallet === null ? null : presentWallet(wallet),
      tests: tests.map(presentTest),
    };
    return c.json(shown, 200);
  });
}

function presentTest(test: ProviderTest): z.infer<typeof testSchema> {
  return {
    test_id: test.testId,
    asked_at: presentTime(test.askedAt),
    asked_by: test.askedBy,
    product: test.product,
    number: test.maskedNumber,
    amount: formatAmount(test.amount),
    recharge: test.recharge === null ? null : presentRecharge(test.recharge),
  };
}
