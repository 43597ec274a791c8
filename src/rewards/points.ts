// Points by rule, and the level that they reach.
import { basisPointsOf, type Minor } from "../base/money.ts";
import type { Level, LevelName, PointsRule } from "../recharges/reward.ts";

/**
 * Hundredths of a point for a recharge: by the rule for its product, else the `*` rule, else none. Basis points of the face value
 * in minor units, banker's rounding: 50 of 20.00 are 0.10, as in nurr's sample.
 */
export function pointsOf(rules: readonly PointsRule[], product: string, face: Minor): number {
  const rule =
    rules.find((candidate) => candidate.product === product) ?? rules.find((candidate) => candidate.product === "*");
  if (rule === undefined) return 0;
  return rule.kind === "fixed" ? rule.pointsHundredths : basisPointsOf(face, rule.basisPoints);
}

/** The highest level that so many hundredths of a point reach; null where none is. The order of the list does not count. */
export function levelOf(levels: readonly Level[], totalHundredths: number): LevelName | null {
  const reached = levels.filter((level) => level.fromHundredths <= totalHundredths);
  const highest = reached.toSorted((left, right) => right.fromHundredths - left.fromHundredths)[0];
  return highest === undefined ? null : { id: highest.id, key: highest.key };
}
