// A reward as nurr's reply carries it.
import type { RewardView } from "../recharges/reward.ts";
import type { NurrReward } from "../wire/nurr/reply.ts";

/** For `NurrReply.reward` of a success. `null`: nothing was given, as where the programme is off. */
export function presentReward(reward: RewardView | null): NurrReward {
  return {
    points: (reward?.pointsHundredths ?? 0) / 100,
    levelId: reward?.level?.id ?? null,
    levelKey: reward?.level?.key ?? null,
    cashback: reward?.cashback?.amount ?? null,
  };
}
