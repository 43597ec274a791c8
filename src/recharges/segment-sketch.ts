// A balance segment drawn in text: time runs to the right, one line for each call and movement.
import { formatAmount } from "../base/money.ts";
import type { BalanceSegment } from "./balance-segments.ts";
import { type SegmentBar, type SegmentPicture, segmentPicture } from "./segment-picture.ts";

const columns = 48;

/** Lines of text. What is still open, or goes beyond the drawing, ends with `>`. */
export function sketchSegment(segment: BalanceSegment): string {
  const picture = segmentPicture(segment);
  const span = spanOf(picture);
  const width = Math.max(...picture.bars.map(({ id }) => id.length), "opening".length);
  const pointLines = picture.points
    .filter(({ kind }) => kind !== "seen")
    .map(({ kind, at, balance }) => `${kind.padEnd(width)} ${mark(placeOf(at, span))} ${formatAmount(balance)}`);
  const barLines = picture.bars.map((bar) => `${bar.id.padEnd(width)} ${stroke(bar, span)} ${labelOf(bar)}`);
  const times = `${"".padEnd(width)} ${clockOf(span.from)}${clockOf(span.until).padStart(columns - 8)}`;
  return [times, ...pointLines, ...barLines].join("\n");
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** From the first to the last moment that is drawn, epoch ms; never empty. */
function spanOf({ points, bars }: SegmentPicture): Span {
  const moments = [...points.map(({ at }) => at), ...bars.flatMap(({ from, until }) => [from, until ?? from])];
  const from = Math.min(...moments);
  return { from, until: Math.max(from + 1, ...moments) };
}

function placeOf(at: number, { from, until }: Span): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(((at - from) / (until - from)) * (columns - 1))));
}

function mark(place: number): string {
  return ".".repeat(place).concat("|").padEnd(columns, ".");
}

function stroke({ from, until }: SegmentBar, span: Span): string {
  const start = placeOf(from, span);
  const end = until === null ? columns - 1 : placeOf(until, span);
  const line = "=".repeat(end - start).concat(until === null ? ">" : "=");
  return ".".repeat(start).concat(line).padEnd(columns, ".");
}

function labelOf(bar: SegmentBar): string {
  if (bar.kind === "movement") return `movement ${formatAmount(bar.change)}`;
  const costs = bar.costs.map(formatAmount).join(" or ");
  return costs === "" ? bar.standing : `${bar.standing} ${costs}`;
}

/** UTC, to the second. */
function clockOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
