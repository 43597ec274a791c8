// `/v1/products` and `/v1/numbers/lookup`: what is sold, and what a number tells.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { currencies, formatAmount } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import { lookUpNumber } from "../catalog/number-plan.ts";
import { fieldNames, numberForms, services as productServices } from "../catalog/product.ts";
import type { Product } from "../catalog/product.ts";
import { products } from "../catalog/products.ts";
import { requireJson } from "./body.ts";
import { requireScope } from "./entry.ts";
import { lengthSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

const countrySchema = z.enum(["IN", "BD"]);

const productSchema = z
  .object({
    id: z.string().openapi({ example: "in.airtel.prepaid" }),
    name: z.string(),
    country: countrySchema,
    operator: z.string(),
    operator_name: z.string(),
    service: z.enum(productServices),
    variant: z.string().nullable(),
    currency: z.enum(currencies),
    min_amount: z.string(),
    max_amount: z.string(),
    amount_step: z.string(),
    number_form: z.enum(numberForms),
    number_label: z.string().openapi({ description: "What the operator calls the number." }),
    fields: z
      .array(z.object({ name: z.enum(fieldNames), label: z.string(), pattern: z.string(), example: z.string() }))
      .openapi({ description: "All of them are required in `fields` of the order." }),
    prefixes: z
      .array(z.string())
      .nullable()
      .openapi({ description: "Prefixes that the operator serves; null where a prefix proves nothing." }),
  })
  .openapi("Product");

const lookupSchema = z
  .object({
    country: countrySchema,
    number: z.string().openapi({ description: "Canonical." }),
    number_form: z.enum(numberForms),
    portable: z.boolean().openapi({ description: "True where the prefix does not tell the operator." }),
    products: z
      .array(z.string())
      .openapi({ description: "Products whose prefixes fit; empty where they tell nothing." }),
  })
  .openapi("NumberLookup");

export function addCatalogRoutes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  addProducts(api, limiter);
  addLookup(api, limiter);
}

function addProducts(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/products",
    operationId: "listProducts",
    tags: ["Catalogue"],
    summary: "Every product, with its limits and the fields that it demands",
    security: [{ key: [] }],
    middleware: [requireScope(null, limiter)],
    request: {
      query: z.strictObject({ country: countrySchema.optional(), service: z.enum(productServices).optional() }),
    },
    responses: answers(
      [{ status: 200, what: "The products.", schema: z.object({ products: z.array(productSchema) }) }],
      ["credentials", "address", "rate", "parameter"],
    ),
  });
  api.openapi(route, (c) => {
    const { country, service } = c.req.valid("query");
    const wanted = products.filter(
      (product) =>
        (country === undefined || product.country === country) &&
        (service === undefined || product.service === service),
    );
    return c.json({ products: wanted.map(presentProduct) }, 200);
  });
}

function addLookup(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path: "/v1/numbers/lookup",
    operationId: "lookUpNumber",
    tags: ["Catalogue"],
    summary: "What a mobile number tells by itself",
    description: "Asks nobody: numbers are portable, so in India no operator is suggested.",
    security: [{ key: [] }],
    middleware: [requireScope(null, limiter), requireJson],
    request: {
      body: {
        required: true,
        content: {
          "application/json": {
            schema: z
              .strictObject({
                number: lengthSchema(1, 64, "text of 1 to 64 characters").openapi({ example: "01712345600" }),
              })
              .openapi("NumberQuestion"),
          },
        },
      },
    },
    responses: answers(
      [{ status: 200, what: "A mobile number.", schema: lookupSchema }],
      ["credentials", "address", "rate", "content_type", "body_too_large", "body_malformed", "parameter", "number"],
    ),
  });
  api.openapi(route, (c) => {
    const found = lookUpNumber(c.req.valid("json").number);
    if (found === null)
      return answerRefusal(c, refusal("number", "This is not a mobile number of India or Bangladesh."));
    return c.json(
      {
        country: found.country,
        number: found.number,
        number_form: found.form,
        portable: found.portable,
        products: [...found.products],
      },
      200,
    );
  });
}

function presentProduct(product: Product): z.infer<typeof productSchema> {
  return {
    id: product.id,
    name: product.name,
    country: product.country,
    operator: product.operator,
    operator_name: product.operatorName,
    service: product.service,
    variant: product.variant,
    currency: product.currency,
    min_amount: formatAmount(product.minMinor),
    max_amount: formatAmount(product.maxMinor),
    amount_step: formatAmount(product.stepMinor),
    number_form: product.numberForm,
    number_label: product.numberLabel,
    fields: product.fields.map(({ name, label, pattern, example }) => ({
      name,
      label,
      pattern: pattern.source,
      example,
    })),
    prefixes: product.prefixes === null ? null : [...product.prefixes],
  };
}
