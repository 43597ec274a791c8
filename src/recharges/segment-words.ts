// What a balance segment says to staff, and what is kept with the evidence that it gives.
import { unreachable } from "../base/assert.ts";
import { formatAmount, type Minor, minor } from "../base/money.ts";
import { type BalanceSegment, differenceOf, type Judgement, type MissingReason } from "./balance-segments.ts";

/** What is missing, one plain sentence each. */
export const missingTexts = {
  no_opening_anchor: "No balance counts that was read before the first lost attempt.",
  no_closing_anchor: "No balance counts yet that was read after the last lost attempt had become final.",
  accepted_call_open: "The provider accepted a call and has not said its last word.",
  not_exclusive: "Nobody declared, before the opening balance, that only our calls move this wallet.",
  exclusive_withdrawn: "Another segment does not foot: somebody else may move this wallet.",
  refund_may_fall_in: "A refund of the provider may fall in.",
  words_disagree: "Explicit words about one of the calls contradict each other.",
  no_cost_known: "The cost of one of the calls is not known.",
  several_subsets_fit: "More than one set of lost attempts fits.",
  too_many_sums: "There are too many lost attempts for an exact answer.",
} as const satisfies Record<MissingReason, string>;

/** Opening, closing and what is between them, as a sum that can be checked by hand; then what it proves. */
export function saySegment(segment: BalanceSegment): string {
  return [sumOf(segment), sayJudgement(segment.judgement)].filter((text) => text !== null).join(" ");
}

function sumOf(segment: BalanceSegment): string | null {
  const { opening, closing, calls, movements } = segment;
  if (opening === null || closing === null) return null;
  const difference = differenceOf(opening, closing, movements);
  const known = calls.filter(({ word, costs }) => word === "success" && costs.length > 0);
  const [lowest, highest] = [
    known.reduce((sum, { costs }) => minor(sum + Math.min(...costs)), minor(0)),
    known.reduce((sum, { costs }) => minor(sum + Math.max(...costs)), minor(0)),
  ];
  const moved = movements.reduce((sum, { change }) => minor(sum + change), minor(0));
  return (
    `Opening ${formatAmount(opening.after)}, closing ${formatAmount(closing.before)}, ` +
    `recorded movements ${formatAmount(moved)}: ${formatAmount(difference)} went to calls, ` +
    `of it ${range(lowest, highest)} to known successes.`
  );
}

function range(lowest: Minor, highest: Minor): string {
  return lowest === highest ? formatAmount(lowest) : `${formatAmount(lowest)} to ${formatAmount(highest)}`;
}

function sayJudgement(judgement: Judgement): string {
  switch (judgement.kind) {
    case "foots":
      return "It foots, and nothing was lost.";
    case "proves":
      return `Of the lost attempts ${judgement.succeeded.length} succeeded and ${judgement.failed.length} failed.`;
    case "proves_number":
      return [
        `Of the lost attempts ${judgement.succeeded.length} succeeded and ${judgement.failed.length} failed for sure;`,
        judgement.groups
          .map(({ ids, succeeded }) => `${succeeded} of ${ids.length} of equal cost succeeded`)
          .join(", "),
      ]
        .join(" ")
        .concat(".");
    case "withdrawn":
      return `It does not foot: ${formatAmount(judgement.left)} is left over and no set of lost attempts costs that.`;
    case "cannot":
      return judgement.missing.map((reason) => missingTexts[reason]).join(" ");
    default:
      return unreachable(judgement);
  }
}
