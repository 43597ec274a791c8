// `/admin/v1/providers/{provider}/codes`: which code a product has at a provider, and the word of staff about it.
import { z } from "@hono/zod-openapi";
import { certifyCode, listCodes, type ProviderCode } from "../partners/provider-codes.ts";
import { adminRoute, adminRouteWithBody, noQuery } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { plainSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";
import { answerRefusal } from "./problem.ts";

const codesPath = "/admin/v1/providers/{provider}/codes";
/** The id of a provider in a path. */
export const providerParam = z.object({ provider: textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider") });

const codeSchema = z
  .object({
    product: z.string(),
    name: z.string(),
    code: z.string(),
    provenance: z.enum(["documented", "inferred", "certified"]).openapi({
      description:
        "`documented`: printed by the provider. `inferred`: read out of a sample. `certified`: seen to work.",
    }),
    is_on: z.boolean().openapi({ description: "Whether recharges of partners may use it." }),
    said: z
      .object({ is_certified: z.boolean().nullable(), by: z.string(), at: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: "The last word of staff; `is_certified` null: they gave it back to the settings." }),
  })
  .openapi("ProviderCode");
const goodCodes = [
  {
    status: 200 as const,
    what: "Every product that has a code at the provider.",
    schema: z.object({ codes: z.array(codeSchema) }),
  },
];

export function addCodeRoutes(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: codesPath,
      operationId: "listCodes",
      summary: "The codes of products at a provider, with where each comes from and whether it is used",
      scope: "viewer",
      good: goodCodes,
      refused: ["not_found"],
    },
    { params: providerParam, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const codes = await listCodes(c.get("services").staffRules, c.req.valid("param").provider);
    return codes.ok ? c.json(presentCodes(codes.value), 200) : answerRefusal(c, codes.problem);
  });
  addCertify(api);
}

function addCertify(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${codesPath}/{product}`,
      operationId: "certifyCode",
      summary: "Certify a code at a provider, or withdraw it; every account goes by it before this answers",
      scope: "operator",
      good: goodCodes,
      refused: ["not_found"],
    },
    {
      params: providerParam.extend({ product: textSchema(/^[a-z0-9.-]{3,64}$/, "the id of a product") }),
      body: z
        .strictObject({
          is_certified: z.boolean().nullable().openapi({
            description: "false: it is used no more, whatever the settings say. null: as the settings say.",
          }),
          reason: plainSchema(200),
        })
        .openapi("CodeWord"),
    },
  );
  api.openapi(route, async (c) => {
    const { is_certified: isCertified, reason } = c.req.valid("json");
    const wanted = { ...c.req.valid("param"), isCertified, reason };
    const codes = await certifyCode(c.get("services").staffRules, wanted, actOf(c));
    return codes.ok ? c.json(presentCodes(codes.value), 200) : answerRefusal(c, codes.problem);
  });
}

function presentCodes(codes: readonly ProviderCode[]) {
  return {
    codes: codes.map(({ isOn, said, ...one }) => ({
      ...one,
      is_on: isOn,
      said:
        said === null
          ? null
          : { is_certified: said.isCertified, by: said.by, at: presentTime(said.at), reason: said.reason },
    })),
  };
}
