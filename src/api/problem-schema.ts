// The schema of every problem that the API answers with, and the answers of a route in the OpenAPI document.
import { z } from "@hono/zod-openapi";
import type { RouteConfig } from "@hono/zod-openapi";
import { refusals } from "../base/refusal.ts";
import type { RefusalCode } from "../base/refusal.ts";

const codes = Object.keys(refusals).toSorted();

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "urn:recharge-gateway:problem:balance" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: "One sentence for an engineer." }),
    code: z.enum([...codes, "fault"]).openapi({ description: "Closed list; see the documentation of the refusals." }),
    retry: z.enum(["never", "same_reference", "new_reference", "after"]),
    retry_after: z.int().optional().openapi({ description: "Seconds." }),
    source: z.enum(["partner", "subscriber", "operator", "provider", "gateway"]),
    request_id: z.string(),
    errors: z
      .array(z.object({ pointer: z.string(), reason: z.string() }))
      .optional()
      .openapi({
        description:
          "What is wrong, place by place: a JSON pointer into the body, or one that begins with /query, /path or /header.",
      }),
    earlier: z
      .object({ id: z.string(), agent_id: z.string(), state: z.enum(["pending", "succeeded", "failed", "reversed"]) })
      .optional()
      .openapi({ description: "With `repeat`: your own earlier recharge." }),
  })
  .openapi("Problem");

export type Problem = z.infer<typeof problemSchema>;

type Answers = RouteConfig["responses"];

interface Answer {
  readonly status: number;
  readonly what: string;
  readonly schema?: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route answers: its good answers, then a problem for each status among the codes. Faults (500) are always added. */
export function answers(good: readonly Answer[], refused: readonly RefusalCode[]): Answers {
  const responses: Answers = {};
  for (const { status, what, schema, headers } of good)
    responses[status] = {
      description: what,
      ...(schema === undefined ? {} : { content: { "application/json": { schema } } }),
      ...(headers === undefined ? {} : { headers: describeHeaders(headers) }),
    };
  const byStatus = new Map<number, string[]>();
  for (const code of refused)
    byStatus.set(refusals[code].status, [...(byStatus.get(refusals[code].status) ?? []), code]);
  for (const [status, some] of byStatus)
    responses[status] = problemAnswer(some.map((code) => `\`${code}\``).join(", "));
  responses[500] = problemAnswer("`fault`");
  return responses;
}

function problemAnswer(description: string): Answers[string] {
  return { description, content: { "application/problem+json": { schema: problemSchema } } };
}

function describeHeaders(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" as const } }]),
  );
}
