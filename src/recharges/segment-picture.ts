// A balance segment as data for a drawing: balances as points, calls and movements as bars over time.
import type { Minor } from "../base/money.ts";
import type { BalanceSegment, Judgement } from "./balance-segments.ts";
import type { CallWord, WalletCall } from "./segment-history.ts";

/** `seen`: carried by a reply while other calls may have run; it is drawn and proves nothing. */
export interface SegmentPoint {
  readonly kind: "opening" | "closing" | "seen";
  /** Epoch ms. */
  readonly at: number;
  readonly balance: Minor;
}

/** `one_of_equals`: so many of its group succeeded, and nobody can say whether this one did. */
export type BarStanding = Exclude<CallWord, "none"> | "proved_success" | "proved_failure" | "one_of_equals" | "lost";

export type SegmentBar =
  | {
      readonly kind: "call";
      readonly id: string;
      /** Epoch ms. */
      readonly from: number;
      /** Epoch ms; null: the provider accepted it and it is still open. */
      readonly until: number | null;
      readonly standing: BarStanding;
      /** What it takes if it succeeds, over every commission seen, minor units. */
      readonly costs: readonly Minor[];
    }
  | {
      readonly kind: "movement";
      readonly id: string;
      readonly from: number;
      readonly until: number;
      /** Above zero: the balance grew. */
      readonly change: Minor;
    };

export interface SegmentPicture {
  /** In time. */
  readonly points: readonly SegmentPoint[];
  /** In time. */
  readonly bars: readonly SegmentBar[];
}

/** What staff see of a segment: anchors and balances in replies as points; calls and movements as bars. */
export function segmentPicture(segment: BalanceSegment): SegmentPicture {
  const { opening, closing, calls, movements, judgement } = segment;
  const points: SegmentPoint[] = [
    ...(opening === null ? [] : [{ kind: "opening", at: opening.until, balance: opening.after } as const]),
    ...(closing === null ? [] : [{ kind: "closing", at: closing.from, balance: closing.before } as const]),
    ...calls.flatMap(pointsOf),
  ];
  const bars: SegmentBar[] = [
    ...calls.map((call) => barOf(call, judgement)),
    ...movements.map((movement) => ({ kind: "movement", ...movement }) as const),
  ];
  return {
    points: points.toSorted((left, right) => left.at - right.at),
    bars: bars.toSorted((left, right) => left.from - right.from),
  };
}

function pointsOf({ sentAt, answeredAt, balances }: WalletCall): readonly SegmentPoint[] {
  if (answeredAt === null || balances === null) return [];
  return [
    { kind: "seen", at: sentAt, balance: balances.before },
    { kind: "seen", at: answeredAt, balance: balances.after },
  ];
}

function barOf(call: WalletCall, judgement: Judgement): SegmentBar {
  const { id, sentAt, answeredAt, overBy, costs } = call;
  return { kind: "call", id, from: sentAt, until: answeredAt ?? overBy, standing: standingOf(call, judgement), costs };
}

function standingOf({ id, word }: WalletCall, judgement: Judgement): BarStanding {
  if (word !== "none") return word;
  if (judgement.kind !== "proves" && judgement.kind !== "proves_number") return "lost";
  if (judgement.succeeded.includes(id)) return "proved_success";
  return judgement.failed.includes(id) ? "proved_failure" : "one_of_equals";
}
