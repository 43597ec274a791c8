// Balance segments, declarations and movements of the float on the wire of `/admin/v1`.
import { z } from "@hono/zod-openapi";
import { formatAmount, type Minor, minor } from "../base/money.ts";
import type { SegmentsJudged } from "../reconciliation/segments/judge-segments.ts";
import { type BalanceSegment, missingReasons } from "../recharges/balance-segments.ts";
import { type Declaration, declarationKinds, type FloatMovement, type SegmentBook } from "../recharges/segment-book.ts";
import { type SegmentBar, segmentPicture } from "../recharges/segment-picture.ts";
import { sketchSegment } from "../recharges/segment-sketch.ts";
import { saySegment } from "../recharges/segment-words.ts";
import { amountOf, amountSchema, momentOf, momentSchema, plainSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

export const newDeclarationSchema = z
  .strictObject({
    kind: z.enum(declarationKinds).openapi({
      description:
        "`exclusive`: nothing but our calls and recorded movements moves the wallet. `refund_free`: no refund of the provider can come any more. Each counts from now on.",
    }),
    reason: plainSchema(300),
  })
  .openapi("NewDeclaration");

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
    change: body.direction === "in" ? amount : minor(-amount),
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
    judge_at: z.string().nullable().openapi({ description: "null: with the next thorough run." }),
  })
  .openapi("SegmentBook");

export function presentBook({ declarations, movements, quiet, judgeAt }: SegmentBook): z.infer<typeof bookSchema> {
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

const barSchema = z
  .object({
    kind: z.enum(["call", "movement"]),
    id: z.string().openapi({ description: "Our reference of the attempt, or that of the movement." }),
    from: z.string(),
    until: z.string().nullable().openapi({ description: "null: the provider accepted it and it is still open." }),
    standing: z.string().nullable().openapi({
      description:
        "Of a call: success, failure, declined, reversed, disputed, proved_success, proved_failure, one_of_equals, lost.",
    }),
    costs: z.array(z.string()).openapi({ description: "Of a call: what it takes if it succeeds." }),
    change: z.string().nullable(),
  })
  .openapi("SegmentBar");

const segmentSchema = z
  .object({
    judgement: z.enum(["foots", "proves", "proves_number", "withdrawn", "cannot"]),
    missing: z.array(z.enum(missingReasons)),
    words: z.string().openapi({ description: "The sum in words, and what it proves or what is missing." }),
    closes_from: z.string().nullable().openapi({ description: "From when a balance may close it." }),
    points: z.array(z.object({ kind: z.enum(["opening", "closing", "seen"]), at: z.string(), balance: z.string() })),
    bars: z.array(barSchema),
    sketch: z.string().openapi({ description: "The same drawn in text: one line for each call and movement." }),
  })
  .openapi("BalanceSegment");

/** What foots says no more than that: it is counted. */
export const segmentsShape = {
  segments: z.array(segmentSchema).openapi({ description: "In time; those that foot are counted only." }),
  footing: z.int().openapi({ description: "Segments in which nothing was lost and every minor unit is explained." }),
};

export function presentSegments(all: readonly BalanceSegment[]) {
  const others = all.filter(({ judgement }) => judgement.kind !== "foots");
  return { segments: others.map(presentSegment), footing: all.length - others.length };
}

function presentSegment(segment: BalanceSegment): z.infer<typeof segmentSchema> {
  const { judgement, closesFrom } = segment;
  const { points, bars } = segmentPicture(segment);
  return {
    judgement: judgement.kind,
    missing: judgement.kind === "cannot" ? [...judgement.missing] : [],
    words: saySegment(segment),
    closes_from: timeOrNull(closesFrom),
    points: points.map(({ kind, at, balance }) => ({ kind, at: presentTime(at), balance: formatAmount(balance) })),
    bars: bars.map(presentBar),
    sketch: sketchSegment(segment),
  };
}

function presentBar(bar: SegmentBar): z.infer<typeof barSchema> {
  const { kind, id } = bar;
  const times = { from: presentTime(bar.from), until: timeOrNull(bar.until) };
  if (bar.kind === "movement") return { kind, id, ...times, standing: null, costs: [], change: money(bar.change) };
  return { kind, id, ...times, standing: bar.standing, costs: bar.costs.map(money), change: null };
}

export const judgedSchema = z
  .object({
    kind: z.enum(["judged", "not_declared", "kept_apart"]).openapi({
      description: "`not_declared`: nobody declares the wallet exclusive. `kept_apart`: another judging is at work.",
    }),
    settled: z.int().optional().openapi({ description: "Attempts that were settled by it." }),
    withdrawn: z.string().nullable().optional().openapi({ description: "Why the declaration fell." }),
    segments: segmentsShape.segments.optional(),
    footing: segmentsShape.footing.optional(),
    book: bookSchema.optional(),
  })
  .openapi("SegmentsJudged");

export function presentJudged(judged: SegmentsJudged): z.infer<typeof judgedSchema> {
  if (judged.kind !== "judged") return { kind: judged.kind };
  const { kind, settled, withdrawn, segments, book } = judged;
  return { kind, settled, withdrawn, ...presentSegments(segments), book: presentBook(book) };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : presentTime(at);
}

function money(amount: Minor): string {
  return formatAmount(amount);
}
