// What staff say of our wallet at a provider, on the wire of `/admin/v1`: declarations, movements, and what stands.
import { z } from "@hono/zod-openapi";
import { formatAmount, minor } from "../base/money.ts";
import { type Declaration, declarationKinds, type FloatMovement, type SegmentBook } from "../recharges/segment-book.ts";
import { amountOf, amountSchema, momentOf, momentSchema, plainSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

export const newDeclarationSchema = z
  .strictObject({
    kind: z.enum(declarationKinds).openapi({
      description:
        "`exclusive`: nothing but our calls and recorded movements moves the wallet. `refund_free`: no refund of the provider can come any more. Each counts from now on.",
    }),
    reason: plainSchema(300),
    commission_basis_points: z.array(z.int().min(0).max(9_999)).max(20).optional().openapi({
      description:
        "Rates that the provider takes, where its replies do not name them; kept beside those that were seen.",
    }),
  })
  .openapi("NewDeclaration");

/** The declaration that a body stands for. */
export function declarationOf({
  kind,
  reason,
  commission_basis_points: rates = [],
}: z.infer<typeof newDeclarationSchema>) {
  return { kind, reason, rates };
}

export const withdrawalSchema = z.strictObject({ reason: plainSchema(300) }).openapi("DeclarationWithdrawn");

export const newFloatMovementSchema = z
  .strictObject({
    direction: z.enum(["in", "out"]).openapi({ description: "`in`: the wallet at the provider grew." }),
    amount: amountSchema,
    from: momentSchema,
    until: momentSchema.optional().openapi({ description: "Where the moment is not known exactly; else `from`." }),
    note: plainSchema(200),
    external_reference: textSchema(/^[!-~]{1,100}$/, "1 to 100 characters without spaces").openapi({
      description: "Your bank's or the provider's reference. The same one is recorded once.",
    }),
  })
  .refine((movement) => amountOf(movement.amount) > 0, { path: ["amount"], message: "must be above zero" })
  .openapi("NewFloatMovement");

/** The movement that a body stands for. */
export function movementOf(body: z.infer<typeof newFloatMovementSchema>): Omit<FloatMovement, "recordedAt" | "by"> {
  const amount = amountOf(body.amount);
  const from = momentOf(body.from);
  return {
    id: body.external_reference,
    from,
    until: body.until === undefined ? from : momentOf(body.until),
    change: body.direction === "in" ? amount : minor(0 - amount),
    note: body.note,
  };
}

const declarationSchema = z
  .object({
    kind: z.enum(declarationKinds),
    since: z.string(),
    by: z.string(),
    reason: z.string(),
    withdrawn: z
      .object({ at: z.string(), by: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: "null: it stands. By `balance_segment` where a segment did not foot." }),
  })
  .openapi("Declaration");

const floatMovementSchema = z
  .object({
    external_reference: z.string(),
    from: z.string(),
    until: z.string(),
    change: z.string().openapi({ description: "Above zero: the wallet grew.", example: "50000.00" }),
    note: z.string(),
    by: z.string(),
    recorded_at: z.string(),
  })
  .openapi("FloatMovement");

export const bookSchema = z
  .object({
    declarations: z.array(declarationSchema).openapi({ description: "The newest first." }),
    movements: z.array(floatMovementSchema).openapi({ description: "The newest first, at most 200." }),
    quiet: z.object({ since: z.string(), calm_at: z.string(), until: z.string() }).nullable().openapi({
      description: "Routing leaves the provider out until `calm_at`, then sends one recharge alone. null: it does not.",
    }),
    commissions: z.array(z.object({ of: z.string(), commission: z.string() })).openapi({
      description: "What the provider was seen to keep back, or staff said: a whole rate as that of 100.00.",
    }),
    judge_at: z.string().nullable().openapi({ description: "null: with the next thorough run." }),
  })
  .openapi("SegmentBook");

export function presentBook({
  declarations,
  movements,
  commissions,
  quiet,
  judgeAt,
}: SegmentBook): z.infer<typeof bookSchema> {
  return {
    declarations: declarations.map(presentDeclaration),
    movements: movements.map((movement) => ({
      external_reference: movement.id,
      from: presentTime(movement.from),
      until: presentTime(movement.until),
      change: formatAmount(movement.change),
      note: movement.note,
      by: movement.by,
      recorded_at: presentTime(movement.recordedAt),
    })),
    quiet:
      quiet === null
        ? null
        : { since: presentTime(quiet.since), calm_at: presentTime(quiet.calmAt), until: presentTime(quiet.until) },
    commissions: commissions.map(({ face, commission }) => ({
      of: formatAmount(face),
      commission: formatAmount(commission),
    })),
    judge_at: timeOrNull(judgeAt),
  };
}

function presentDeclaration({ kind, since, by, reason, withdrawn }: Declaration): z.infer<typeof declarationSchema> {
  return {
    kind,
    since: presentTime(since),
    by,
    reason,
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: presentTime(withdrawn.at) },
  };
}

export function timeOrNull(at: number | null): string | null {
  return at === null ? null : presentTime(at);
}
