import { MedRoundsError } from "#contracts";
import { rewards } from "../components/list.ts";
import type { RewardProfile } from "../profile.ts";
import { rewardProfiles } from "./list.ts";

/**
 * The profile of that name. `weights`, by the names of rewards, replace those of the profile; a reward that it does not have is added.
 * Throws `reward-profile-unknown` on a name that nothing has and on a weight that is no finite number.
 */
export function findRewardProfile(
  name: string,
  weights: Readonly<Record<string, number>> = {},
): RewardProfile {
  const found = named(rewardProfiles, name, "reward profile");
  const changed = Object.entries(weights).map(([reward, weight]) => {
    if (!Number.isFinite(weight)) {
      throw new MedRoundsError(
        "reward-profile-unknown",
        `The weight of ${reward.slice(0, 40)} is no number.`,
      );
    }
    return { reward: named(rewards, reward, "reward"), weight };
  });
  if (changed.length === 0) return found;
  const weightOf = new Map(changed.map(({ reward, weight }) => [reward.name, weight]));
  const kept = found.components.map(({ reward, weight }) => ({
    reward,
    weight: weightOf.get(reward.name) ?? weight,
  }));
  const own = new Set(kept.map(({ reward }) => reward.name));
  return { ...found, components: [...kept, ...changed.filter(({ reward }) => !own.has(reward.name))] };
}

function named<Named extends { name: string }>(list: readonly Named[], name: string, what: string): Named {
  const found = list.find((one) => one.name === name);
  if (found) return found;
  const names = list.map((one) => one.name).join(", ");
  throw new MedRoundsError(
    "reward-profile-unknown",
    `There is no ${what} ${name.slice(0, 40)}; there are ${names}.`,
  );
}
