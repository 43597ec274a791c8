// What the pages of webhooks use of the API's answers.
import { z } from "zod";

export const endpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  form: z.string(),
  events: z.array(z.string()),
  description: z.string(),
  state: z.string(),
  cause: z.string().nullable(),
  failures: z.int(),
});
export const endpointsSchema = z.object({ endpoints: z.array(endpointSchema) });
export const newSecretSchema = z.object({ id: z.string(), secret: z.string() });
export type Endpoint = z.infer<typeof endpointSchema>;

export const deliveriesSchema = z.object({
  deliveries: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      at: z.string(),
      state: z.string(),
      tries: z.int(),
      next_try_by: z.string().nullable(),
      log: z.array(z.object({ status: z.int().nullable(), result: z.string(), said: z.string() })),
    }),
  ),
  next_before: z.int().nullable(),
});
export type Deliveries = z.infer<typeof deliveriesSchema>;
