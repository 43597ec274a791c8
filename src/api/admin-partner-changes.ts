// `/admin/v1/partners/{partner}/…`: suspension, limits, money.
import { z } from "@hono/zod-openapi";
import { applyToPartner, changeLimits, close, moveMoney, resume, suspend } from "../partners/manage.ts";
import { adminRoute, adminRouteWithBody, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import {
  accountOf,
  limitsOf,
  limitsSchema,
  movementSchema,
  partnerParam,
  partnerSchema,
  presentPartner,
} from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { presentWallet, walletSchema } from "./events-schema.ts";
import { amountOf } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";

export function addPartnerChanges(api: Api): void {
  addSuspension(api);
  addLimits(api);
  addMoney(api);
}

const statusSummaries: Readonly<Record<string, string>> = {
  suspend: "Take no new recharges; pending ones go on, and the partner may read",
  close: "Answer the partner nothing any more, reads included; pending recharges are settled",
  resume: "Take recharges again",
};

function addSuspension(api: Api): void {
  for (const verb of [suspend, close, resume]) {
    const route = adminRoute(
      "post",
      {
        path: `${partnerPath}/${verb.verb}`,
        operationId: `${verb.verb}Partner`,
        summary: statusSummaries[verb.verb] ?? verb.verb,
        scope: "operator",
        good: [{ status: 200, what: "The partner now.", schema: partnerSchema }],
        refused: ["not_found"],
      },
      { params: partnerParam, query: noQuery },
    );
    api.openapi(route, async (c) => {
      const account = accountOf(c.req.valid("param").partner);
      const changed = await applyToPartner(c.get("services").manage, account, verb, actOf(c));
      return changed.ok ? c.json(presentPartner(changed.value), 200) : answerRefusal(c, changed.problem);
    });
  }
}

function addLimits(api: Api): void {
  const same = {
    scope: "finance",
    good: [{ status: 200, what: "The partner now.", schema: partnerSchema }],
    refused: ["not_found"],
  } as const;
  const limits = adminRouteWithBody(
    "put",
    { ...same, path: `${partnerPath}/limits`, operationId: "changeLimits", summary: "Replace all limits" },
    { params: partnerParam, body: z.strictObject({ limits: z.array(limitsSchema).max(2) }).openapi("NewLimits") },
  );
  api.openapi(limits, async (c) => {
    const verb = changeLimits(c.req.valid("json").limits.map(limitsOf));
    const changed = await applyToPartner(
      c.get("services").manage,
      accountOf(c.req.valid("param").partner),
      verb,
      actOf(c),
    );
    return changed.ok ? c.json(presentPartner(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}

function addMoney(api: Api): void {
  for (const direction of ["credit", "debit"] as const) {
    const route = adminRouteWithBody(
      "post",
      {
        path: `${partnerPath}/${direction}s`,
        operationId: `${direction}Wallet`,
        summary:
          direction === "credit" ? "Put money into a wallet, once per reference" : "Take money out, once per reference",
        scope: "finance",
        good: [{ status: 200, what: "The wallet after it.", schema: walletSchema }],
        refused: ["not_found", "currency", "balance"],
      },
      { params: partnerParam, body: movementSchema },
    );
    api.openapi(route, async (c) => {
      const { currency, amount, reason, external_reference: externalReference } = c.req.valid("json");
      const movement = { currency, amount: amountOf(amount), reason, externalReference };
      const account = accountOf(c.req.valid("param").partner);
      const moved = await moveMoney(c.get("services").manage, account, direction, movement, actOf(c));
      return moved.ok ? c.json(presentWallet(moved.value), 200) : answerRefusal(c, moved.problem);
    });
  }
}
