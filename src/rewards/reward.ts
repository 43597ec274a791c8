// What a recharge earns by the programme, and what the partner keeps when it is taken back. Pure; the account keeps it.
import { assert } from "../base/assert.ts";
import type { Cashback, LevelName, RewardProgramme } from "../recharges/reward.ts";
import { cashbackOf, type Given, type Rewarded } from "./cashback.ts";
import { levelOf, pointsOf } from "./points.ts";

/** What the partner has so far. */
export interface Standing {
  readonly totalHundredths: number;
  readonly given: Given;
}

/** How points and level stand after a change. */
export interface PointsChange {
  readonly pointsHundredths: number;
  readonly totalHundredths: number;
  readonly level: LevelName | null;
  readonly hasLevelChanged: boolean;
}

export interface Reward extends PointsChange {
  readonly cashback: Cashback | null;
}

/** Points, level and cashback of a recharge that succeeded; `placedAt` is epoch ms. A level is told when the points change it. */
export function rewardOf(programme: RewardProgramme, standing: Standing, recharge: Rewarded, placedAt: number): Reward {
  const pointsHundredths = pointsOf(programme.points, recharge.product, recharge.face);
  return {
    pointsHundredths,
    ...changeOf(programme, standing.totalHundredths, standing.totalHundredths + pointsHundredths),
    cashback: cashbackOf(programme, standing.given, recharge, placedAt),
  };
}

/** Points and level after a recharge's points were taken back. Without a programme there are no levels. */
export function unwindPoints(
  programme: RewardProgramme | null,
  totalHundredths: number,
  pointsHundredths: number,
): PointsChange {
  assert(totalHundredths >= pointsHundredths, "points that were given are in the total");
  return { pointsHundredths, ...changeOf(programme, totalHundredths, totalHundredths - pointsHundredths) };
}

function changeOf(programme: RewardProgramme | null, before: number, totalHundredths: number) {
  const levels = programme?.levels ?? [];
  const level = levelOf(levels, totalHundredths);
  return { totalHundredths, level, hasLevelChanged: levelOf(levels, before)?.id !== level?.id };
}
