// Balance segments on the wire of `/admin/v1`: in words, as points and bars, and drawn in text.
import { z } from "@hono/zod-openapi";
import { formatAmount } from "../base/money.ts";
import type { SegmentsJudged } from "../reconciliation/segments/judge-segments.ts";
import { type BalanceSegment, missingReasons } from "../recharges/balance-segments.ts";
import { type SegmentBar, segmentPicture } from "../recharges/segment-picture.ts";
import { sketchSegment } from "../recharges/segment-sketch.ts";
import { saySegment } from "../recharges/segment-words.ts";
import { bookSchema, presentBook, timeOrNull } from "./admin-float-schema.ts";
import { presentTime } from "./recharge-schema.ts";

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
  if (bar.kind === "movement")
    return { kind, id, ...times, standing: null, costs: [], change: formatAmount(bar.change) };
  return { kind, id, ...times, standing: bar.standing, costs: bar.costs.map(formatAmount), change: null };
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
