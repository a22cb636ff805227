import { accuracy } from "../rewards/components/accuracy.ts";
import type { RewardProfile } from "../rewards/profile.ts";
import { hashRewardProfile } from "../rewards/profiles/hash-reward-profile.ts";
import { readTrajectory } from "../rewards/read-trajectory.ts";
import { scoreTrajectories } from "../rewards/score.ts";
import type { ScoringContext } from "../rewards/scoring-context.ts";
import type { Trajectory } from "../rewards/trajectory.ts";
import type { Rollout } from "./rollout.ts";

/** A rollout as rewards read it. */
function trajectoryOfRollout(
  rollout: Pick<Rollout, "id" | "question" | "transcript" | "retrieved" | "measured">,
): Trajectory {
  const { id, question, transcript, retrieved, measured } = rollout;
  const { text, options, gold, images } = question;
  return { ...{ id, question: text, options, gold, transcript, retrieved, measured }, images: images.length };
}

/** Scores a rollout, by a profile where one is given; what it says beside `correct` and `reward` stays as it is. */
export function scoreRollout(
  rollout: Omit<Rollout, "correct" | "reward">,
  { profile, context = {} }: { profile: RewardProfile | null; context?: ScoringContext | undefined },
): Rollout {
  const trajectory = trajectoryOfRollout(rollout);
  const correct = accuracy.read(readTrajectory(trajectory, context)).value;
  const [score] = profile ? scoreTrajectories(profile, [trajectory], context) : [];
  if (!profile || !score) return { ...rollout, correct, reward: null };
  const components = Object.entries(score.components).map(([name, { value }]) => [name, value] as const);
  return {
    ...rollout,
    correct,
    reward: {
      profile: profile.name,
      configurationHash: hashRewardProfile(profile, context),
      total: score.total,
      components: Object.fromEntries(components),
      flags: score.flags,
    },
  };
}
