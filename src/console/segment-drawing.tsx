// A balance segment drawn: our balance at the provider as points above, calls and movements as bars below, on one axis of time.
import { z } from "zod";

const pointSchema = z.object({ kind: z.enum(["opening", "closing", "seen"]), at: z.string(), balance: z.string() });
const barSchema = z.object({
  kind: z.enum(["call", "movement"]),
  id: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  standing: z.string().nullable(),
  costs: z.array(z.string()),
  change: z.string().nullable(),
});
export const segmentSchema = z.object({
  judgement: z.string(),
  words: z.string(),
  sketch: z.string(),
  points: z.array(pointSchema),
  bars: z.array(barSchema),
});
export type DrawnSegment = z.infer<typeof segmentSchema>;
type Point = z.infer<typeof pointSchema>;
type Bar = z.infer<typeof barSchema>;

const width = 400;
const left = 130;
const balancesHeight = 90;
const rowHeight = 22;
const drawnAtMost = 40;

interface Axis {
  readonly start: number;
  readonly end: number;
}

/** `reference` is the attempt that the excerpt is about: its bar stands out. What is none draws the beginning, under that name. */
export function SegmentDrawing({ segment, reference }: { readonly segment: DrawnSegment; readonly reference: string }) {
  const bars = excerptOf(segment.bars, reference);
  const axis = axisOf(segment.points, bars);
  const top = segment.points.length === 0 ? 0 : balancesHeight;
  const height = top + bars.length * rowHeight + 24;
  const titleId = `segment-${reference}`;
  const leftOut = segment.bars.length - bars.length;
  return (
    <div class="drawing">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={titleId}>
        <title id={titleId}>{segment.words}</title>
        {top === 0 ? null : <Balances points={segment.points} axis={axis} />}
        {bars.map((bar, index) => (
          <BarRow bar={bar} axis={axis} y={top + index * rowHeight} isMeant={bar.id === reference} />
        ))}
        <text x={left} y={height - 6} class="axis">
          {timeText(axis.start)}
        </text>
        <text x={width} y={height - 6} class="axis" text-anchor="end">
          {timeText(axis.end)} UTC
        </text>
      </svg>
      {leftOut === 0 ? null : <p class="muted">{leftOut} more calls are in this segment and not drawn.</p>}
    </div>
  );
}

/** The attempt with its neighbours in time. */
function excerptOf(bars: readonly Bar[], reference: string): readonly Bar[] {
  const place = bars.findIndex(({ id }) => id === reference);
  const from = Math.min(Math.max(0, place - drawnAtMost / 2), Math.max(0, bars.length - drawnAtMost));
  return bars.slice(from, from + drawnAtMost);
}

function axisOf(points: readonly Point[], bars: readonly Bar[]): Axis {
  const moments = [...points.map(({ at }) => at), ...bars.flatMap(({ from, until }) => [from, until ?? from])].map(
    (moment) => Date.parse(moment),
  );
  const start = Math.min(...moments);
  return { start, end: Math.max(...moments, start + 1_000) };
}

function xOf(moment: string, { start, end }: Axis): number {
  const share = (Date.parse(moment) - start) / (end - start);
  return Math.round(left + Math.min(Math.max(share, 0), 1) * (width - left - 8));
}

function Balances({ points, axis }: { readonly points: readonly Point[]; readonly axis: Axis }) {
  const balances = points.map(({ balance }) => Number(balance));
  const [least, most] = [Math.min(...balances), Math.max(...balances)];
  const yOf = (balance: string) =>
    Math.round(20 + (1 - (Number(balance) - least) / Math.max(most - least, 0.01)) * (balancesHeight - 44));
  const placed = points.map((point) => ({ ...point, x: xOf(point.at, axis), y: yOf(point.balance) }));
  return (
    <g>
      <text x="0" y="24" class="axis">
        Our balance
      </text>
      <polyline points={placed.map(({ x, y }) => `${x},${y}`).join(" ")} class="balance" />
      {placed.map(({ kind, at, balance, x, y }) => (
        <g>
          <title>{`${kind} ${balance} at ${at}`}</title>
          <circle cx={x} cy={y} r={kind === "seen" ? 3 : 6} class={`mark ${kind === "seen" ? "hollow" : ""}`} />
          {kind === "seen" ? null : (
            <text x={x} y={y - 10} class="axis" text-anchor={kind === "closing" ? "end" : "start"}>
              {balance}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function BarRow(props: { readonly bar: Bar; readonly axis: Axis; readonly y: number; readonly isMeant: boolean }) {
  const { bar, axis, y, isMeant } = props;
  const [from, until] = [xOf(bar.from, axis), xOf(bar.until ?? new Date(axis.end).toISOString(), axis)];
  const standing = bar.standing ?? "moved";
  const amounts = bar.change === null ? "" : ` ${bar.change}`;
  const costs = bar.costs.length === 0 ? "" : `, costs ${bar.costs.join(" or ")}`;
  return (
    <g class={isMeant ? "meant" : undefined}>
      <title>{`${bar.id}: ${standing.replaceAll("_", " ")}${amounts}${costs}`}</title>
      <text x="0" y={y + 14} class="axis">
        {isMeant ? "▶ " : ""}
        {`…${bar.id.slice(-5)} ${standing.replaceAll("_", " ")}`}
      </text>
      <rect x={from} y={y + 4} width={Math.max(until - from, 4)} height="12" class={`bar ${barTone(standing)}`} />
    </g>
  );
}

function barTone(standing: string): string {
  if (standing === "success" || standing === "proved_success") return "succeeded";
  return /^(failure|declined|proved_failure|reversed)$/.test(standing) ? "failed" : "doubt";
}

function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
