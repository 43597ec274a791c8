// Parameters: what zod finds wrong, as the closed refusal `parameter`; and the forms that several routes share.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parseAmount } from "../base/money.ts";
import type { Minor } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import type { ParameterProblem } from "../base/refusal.ts";
import { assert } from "../base/assert.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** Check 5: one problem for each wrong or unknown parameter. `target` is where hono found it: json, query, param, header. */
export function describeIssues(target: string, issues: readonly Issue[]): readonly ParameterProblem[] {
  const places: Readonly<Record<string, string>> = { json: "", query: "/query", param: "/path", header: "/header" };
  const start = places[target] ?? `/${target}`;
  return issues.flatMap((issue) => {
    const pointer = start + issue.path.map((key) => `/${escapeKey(String(key))}`).join("");
    if (issue.code === "unrecognized_keys" && issue.keys !== undefined)
      return issue.keys.map((key) => ({ pointer: `${pointer}/${escapeKey(key)}`, reason: "is not known here" }));
    return [{ pointer, reason: issue.message }];
  });
}

/** What `@hono/zod-openapi` calls after each validation. */
export function answerInvalid(
  result: {
    readonly success: boolean;
    readonly target: string;
    readonly error?: { readonly issues: readonly Issue[] };
  },
  c: Context,
): Response | undefined {
  if (result.success || result.error === undefined) return undefined;
  const problems = describeIssues(result.target, result.error.issues);
  const detail = problems.length === 1 ? "A parameter is wrong." : `${problems.length} parameters are wrong.`;
  return answerRefusal(c as Context<ApiEnv>, refusal("parameter", detail, { problems })); // hono types hooks without the variables
}

/** RFC 6901. */
function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 64);
}

/** An amount on the API: a decimal string; a JSON number is refused with a hint, because it would pass through a float. */
export const amountSchema = z
  .string({
    error: ({ input }) =>
      input === undefined
        ? "is missing"
        : typeof input === "number"
          ? 'must be a decimal string such as "20.00", not a number'
          : 'must be a decimal string such as "20.00"',
  })
  // Aborts: rules over a whole body read the amount, and must not see a text that is none.
  .regex(/^\d{1,9}(\.\d{1,2})?$/, {
    error: 'must be a decimal string such as "20.00": up to nine digits, up to two decimals',
    abort: true,
  })
  .openapi({ example: "20.00" });

/** An amount that `amountSchema` let through, in minor units. */
export function amountOf(text: string): Minor {
  const amount = parseAmount(text);
  assert(amount !== null, "the schema let only amounts through");
  return amount;
}

/** Text of a given form; `what` says in words what it must be. */
export function textSchema(pattern: RegExp, what: string) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is missing" : `must be ${what}`) })
    .regex(pattern, `must be ${what}`);
}

/** Any text of so many characters. */
export function lengthSchema(least: number, most: number, what: string) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is missing" : `must be ${what}`) })
    .min(least, `must be ${what}`)
    .max(most, `must be ${what}`);
}

/** Text for people: so many characters, no control characters. */
export function plainSchema(most: number) {
  const what = `text of 1 to ${most} characters without control characters`;
  return lengthSchema(1, most, what).refine((text) => !/\p{Cc}/u.test(text), `must be ${what}`);
}

/** A moment as ISO 8601 with an offset; read by `momentOf`. */
export const momentSchema = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-11-02T10:00:00Z, with an offset" })
  .openapi({ format: "date-time", example: "2026-11-02T00:00:00Z" });

/** Epoch ms of a moment. */
export function momentOf(text: string): number {
  return Date.parse(text);
}

/** A whole number in a query, as text within bounds; read by `Number`. */
export function countSchema(least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number, ${least} to ${most}`,
    )
    .openapi({ type: "integer", minimum: least, maximum: most });
}
