import type { RewardProfile, Score, ScoredComponent } from "./profile.ts";
import { type ReadTrajectory, readTrajectory } from "./read-trajectory.ts";
import type { Reading, Reward, RewardFlag } from "./reward.ts";
import type { ScoringContext } from "./scoring-context.ts";
import type { Trajectory } from "./trajectory.ts";

/**
 * Scores in the order of the trajectories. Asks no one, is deterministic and takes linear time; never throws, whatever a trajectory
 * holds, and gives finite numbers or null. Flags name the breaches of the grammar, `no-choice` where an answer names none of the
 * options or several, and what rewards noticed.
 */
export function scoreTrajectories(
  profile: RewardProfile,
  trajectories: readonly Trajectory[],
  context: ScoringContext = {},
): Score[] {
  return trajectories.map((trajectory) => {
    try {
      return scoreTrajectory(profile, readTrajectory(trajectory, context));
    } catch {
      return { id: String(trajectory?.id), total: null, components: {}, flags: ["trajectory-unreadable"] };
    }
  });
}

function scoreTrajectory(profile: RewardProfile, trajectory: ReadTrajectory): Score {
  const readings = new Map<string, Reading>();
  const components: Record<string, ScoredComponent> = {};
  const flags = new Set<RewardFlag>(trajectory.problems.map(({ type }) => type));
  if (trajectory.answer !== null && trajectory.options.length > 0 && trajectory.choice === null) {
    flags.add("no-choice");
  }
  let sum: number | null = null;
  for (const { reward, weight } of profile.components) {
    const reading = read(reward, trajectory);
    const { value, reason } = reading;
    readings.set(reward.name, reading);
    for (const flag of reading.flags ?? []) flags.add(flag);
    const applicable = value !== null;
    components[reward.name] = { value, weight, applicable, ...(reason === undefined ? {} : { reason }) };
    if (value !== null && weight !== 0) sum = (sum ?? 0) + weight * value;
  }
  const total = sum === null ? null : (profile.bound?.(sum, { trajectory, readings, components }) ?? sum);
  return { id: trajectory.id, total: finite(total), components, flags: [...flags] };
}

/** A reward that fails in spite of its contract costs its own value, not the batch. */
function read(reward: Reward, trajectory: ReadTrajectory): Reading {
  try {
    const reading = reward.read(trajectory);
    if (reading.value === null || Number.isFinite(reading.value)) return reading;
    return {
      value: null,
      flags: [...(reading.flags ?? []), "not-finite"],
      reason: "The value is not finite.",
    };
  } catch {
    return {
      value: null,
      flags: ["reward-failed"],
      reason: "This reward failed, which is a defect of MedRounds.",
    };
  }
}

/** Minus zero, which JSON and hashes of scores would tell from zero, is zero. */
function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value + 0;
}
