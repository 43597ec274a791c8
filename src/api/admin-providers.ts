// `/admin/v1/providers` and the order in which providers are asked.
import { z } from "@hono/zod-openapi";
import { formatAmount } from "../base/money.ts";
import { switchProvider } from "../partners/manage.ts";
import { changeOrder } from "../partners/staff-rules.ts";
import type { StaffRules } from "../recharges/ports.ts";
import { addHealthRoutes } from "./admin-health.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ListedProvider } from "./services.ts";

const providersPath = "/admin/v1/providers";
const providerId = textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider");

export function addProviderRoutes(api: Api): void {
  addList(api);
  addOrder(api);
  addSwitch(api);
  addHealthRoutes(api);
}

const orderSchema = z
  .object({
    product: z.string().openapi({ description: "`*`: every product without an order of its own." }),
    providers: z.array(z.string()).openapi({ description: "First to ask first. Others come after them." }),
  })
  .openapi("ProviderOrder");

const providerSchema = z
  .object({
    id: z.string(),
    protocol: z.string(),
    mode: z.enum(["sandbox", "live"]),
    is_off: z.boolean().openapi({ description: "Staff have switched it off." }),
    state: z
      .object({
        breaker: z.enum(["closed", "open", "half_open"]).openapi({
          description: "`open`: left out. `half_open`: one recharge tries it.",
        }),
        tripped_until: z.string().nullable(),
        bad_in_a_row: z.int(),
        floor: z.string().nullable(),
        balance: z.string().nullable().openapi({ description: "The newest that is known." }),
        balance_at: z.string().nullable(),
        lookups_left: z.int().nullable().openapi({ description: "Of today's ration (UTC); null: there is none." }),
        lookups_waiting: z.int().openapi({ description: "Attempts that wait for one because the ration is scarce." }),
      })
      .openapi("ProviderState"),
    settings: z.record(z.string(), z.unknown()).openapi({
      description:
        "As they hold, defaults filled in; never a secret. `order` and `orderOf` count where staff set none.",
    }),
  })
  .openapi("Provider");

function addList(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: providersPath,
      operationId: "listProviders",
      summary: "Providers with their settings and state, and the order that staff set",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "The providers, in the order of the settings.",
          schema: z.object({ providers: z.array(providerSchema), order: z.array(orderSchema) }),
        },
      ],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const services = c.get("services");
    const [providers, rules] = await Promise.all([services.listProviders(), services.staffRules.readRules()]);
    const now = services.clock.now();
    const shown = providers.map(({ id, protocol, mode, isOff, state, settings }) => {
      return { id, protocol, mode, is_off: isOff, state: presentState(state, now), settings: { ...settings } };
    });
    return c.json({ providers: shown, order: presentOrder(rules) }, 200);
  });
}

function addOrder(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${providersPath}/order`,
      operationId: "changeOrder",
      summary: "Say which providers are asked first for a product; every account goes by it before this answers",
      scope: "operator",
      good: [{ status: 200, what: "Every order that staff set.", schema: z.object({ order: z.array(orderSchema) }) }],
    },
    {
      params: nothing,
      body: z
        .strictObject({
          product: textSchema(/^(\*|[a-z0-9.-]{3,64})$/, "the id of a product, or *"),
          providers: z.array(providerId).max(50).openapi({
            description: "First to ask first; empty: as the settings say.",
          }),
        })
        .openapi("NewProviderOrder"),
    },
  );
  api.openapi(route, async (c) => {
    const changed = await changeOrder(c.get("services").staffRules, c.req.valid("json"), actOf(c));
    return changed.ok ? c.json({ order: presentOrder(changed.value) }, 200) : answerRefusal(c, changed.problem);
  });
}

function presentState(state: ListedProvider["state"], now: number): z.infer<typeof providerSchema>["state"] {
  const { trippedUntil, badInARow, floor, balance, lookupsLeft, lookupsWaiting } = state;
  return {
    breaker: trippedUntil === null ? "closed" : now < trippedUntil ? "open" : "half_open",
    tripped_until: trippedUntil === null ? null : presentTime(trippedUntil),
    bad_in_a_row: badInARow,
    floor: floor === null ? null : formatAmount(floor),
    balance: balance === null ? null : formatAmount(balance.amount),
    balance_at: balance === null ? null : presentTime(balance.at),
    lookups_left: lookupsLeft,
    lookups_waiting: lookupsWaiting,
  };
}

function presentOrder({ order }: StaffRules): z.infer<typeof orderSchema>[] {
  return Object.entries(order).map(([product, providers]) => ({ product, providers: [...providers] }));
}

function addSwitch(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${providersPath}/{provider}`,
      operationId: "switchProvider",
      summary: "Switch a provider off or on for every account, before this answers",
      scope: "operator",
      good: [{ status: 204, what: "Switched." }],
      refused: ["not_found"],
    },
    {
      params: z.object({ provider: providerId }),
      body: z.strictObject({ is_off: z.boolean() }).openapi("ProviderSwitch"),
    },
  );
  api.openapi(route, async (c) => {
    const { provider } = c.req.valid("param");
    const switched = await switchProvider(c.get("services").manage, provider, c.req.valid("json").is_off, actOf(c));
    return switched.ok ? c.body(null, 204) : answerRefusal(c, switched.problem);
  });
}
