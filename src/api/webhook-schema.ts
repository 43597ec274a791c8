// Webhook endpoints and deliveries on the wire.
import { z } from "@hono/zod-openapi";
import { eventIdOf } from "../base/id.ts";
import { type Delivery, deliveryStates, tryResults } from "../webhooks/delivery.ts";
import {
  backnpayTypes,
  type Endpoint,
  endpointStates,
  type EndpointWanted,
  stopCauses,
  webhookForms,
  webhookTypes,
} from "../webhooks/endpoint.ts";
import { eventSchema, walletSchema } from "./events-schema.ts";
import { lengthSchema, plainSchema } from "./parameters.ts";
import { presentTime, rechargeSchema } from "./recharge-schema.ts";

const timeSchema = z.string().openapi({ format: "date-time" });
const urlSchema = lengthSchema(1, 500, "a URL of at most 500 characters").openapi({
  description: "https at a public host, port 443 or one from 1024 on.",
  example: "https://hooks.partner.com/recharges",
});
const formSchema = z.enum(webhookForms).openapi({
  description:
    "`standard` (default): a POST, signed by Standard Webhooks. `backnpay`: a GET with that family's parameters.",
});
const typesSchema = z
  .array(z.enum(webhookTypes))
  .max(webhookTypes.length)
  .openapi({ description: "What is told; left out or empty: everything that the form can say." });

const wanted = {
  url: urlSchema,
  form: formSchema.optional(),
  events: typesSchema.optional(),
  description: plainSchema(100).optional(),
};
export const newEndpointSchema = z.strictObject(wanted).openapi("NewWebhookEndpoint");
export const changedEndpointSchema = z
  .strictObject({
    ...wanted,
    state: z.enum(["active", "paused"]).optional().openapi({
      description: "Left out: as it is. To make a stopped endpoint active sends what has waited.",
    }),
  })
  .openapi("ChangedWebhookEndpoint");

export function wantedOf(body: z.infer<typeof newEndpointSchema>): EndpointWanted {
  const { url, form = "standard", events = [], description = "" } = body;
  return { url, form, types: [...new Set(events)], description };
}

export const endpointSchema = z
  .object({
    id: z.string().openapi({ example: "whe_0123456789abcdef" }),
    url: z.string(),
    form: z.enum(webhookForms),
    events: z.array(z.enum(webhookTypes)),
    description: z.string(),
    state: z.enum(endpointStates).openapi({
      description: "`paused`: its events wait. `disabled`: it answered 410, and nothing is kept for it.",
    }),
    cause: z.enum(stopCauses).nullable().openapi({ description: "Why it is not active." }),
    stopped_at: timeSchema.nullable(),
    failures: z.int().openapi({ description: "Tries that failed in a row." }),
    failing_since: timeSchema.nullable(),
    previous_secret_until: timeSchema.nullable().openapi({ description: "Until then two signatures are sent." }),
    created_at: timeSchema,
  })
  .openapi("WebhookEndpoint");

export function presentEndpoint(endpoint: Endpoint): z.infer<typeof endpointSchema> {
  const { id, url, form, types, description, state, cause, failures } = endpoint;
  return {
    id,
    url,
    form,
    events: [...(types.length > 0 ? types : form === "standard" ? webhookTypes : backnpayTypes)],
    description,
    state,
    cause,
    stopped_at: timeOrNull(endpoint.stoppedAt),
    failures,
    failing_since: timeOrNull(endpoint.failingSince),
    previous_secret_until: timeOrNull(endpoint.previousSecretUntil),
    created_at: presentTime(endpoint.createdAt),
  };
}

export const endpointWithSecretSchema = endpointSchema
  .extend({ secret: z.string().openapi({ description: "Shown here and never again.", example: "whsec_…" }) })
  .openapi("WebhookEndpointWithSecret");

export const deliverySchema = z
  .object({
    id: z.string().openapi({ description: "`webhook-id` of every try.", example: "evt_000010000004" }),
    event_number: z.int().nullable().openapi({ description: "null: a test." }),
    type: z.enum([...webhookTypes, "webhook.test"]),
    at: timeSchema.openapi({ description: "When it happened." }),
    state: z.enum(deliveryStates).openapi({
      description: "`delivered`: the endpoint answered 2xx. `dead`: the last try failed, or it answered 410.",
    }),
    tries: z.int().openapi({ description: "Since it was last asked for." }),
    next_try_by: timeSchema.nullable(),
    log: z
      .array(
        z.object({
          at: timeSchema,
          result: z.enum(tryResults),
          status: z.int().nullable(),
          took_ms: z.int(),
          said: z.string().openapi({ description: "The first 200 characters of the answer, without the number." }),
        }),
      )
      .openapi({ description: "The latest 20 tries, oldest first." }),
    created_at: timeSchema,
    finished_at: timeSchema.nullable(),
  })
  .openapi("WebhookDelivery");

export function presentDelivery(account: number, delivery: Delivery): z.infer<typeof deliverySchema> {
  const { event, type, at, state, tries, log } = delivery;
  return {
    id: eventIdOf(account, event),
    event_number: event < 0 ? null : event,
    type,
    at: presentTime(at),
    state,
    tries,
    next_try_by: timeOrNull(delivery.dueAt),
    log: log.map(({ tookMs, ...one }) => ({ ...one, at: presentTime(one.at), took_ms: tookMs })),
    created_at: presentTime(delivery.createdAt),
    finished_at: timeOrNull(delivery.finishedAt),
  };
}

/** What is POSTed. */
export const webhookSchema = z
  .object({
    type: z.enum(webhookTypes),
    timestamp: timeSchema.openapi({ description: "When it happened." }),
    data: z.object({
      event: eventSchema,
      now: z
        .object({ wallet: walletSchema, recharge: rechargeSchema.optional() })
        .openapi({ description: "How it stands when this is sent, which may be later than the event." }),
    }),
  })
  .openapi("Webhook");

/** With every webhook, in either form. */
export const webhookHeaders = z.object({
  "webhook-id": z.string().openapi({ description: "The same on every try: what you have had already, you may drop." }),
  "webhook-timestamp": z.string().openapi({ description: "When this try was made, seconds since 1970." }),
  "webhook-signature": z.string().openapi({ description: "`v1,…`; two, apart by a space, while a secret rotates." }),
});

function timeOrNull(at: number | null): string | null {
  return at === null ? null : presentTime(at);
}
