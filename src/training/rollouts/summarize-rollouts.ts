import type { Rollout } from "./rollout.ts";

/** How often a question's tries are right: every time, some of the time, or never; "unknown" where nothing is known to be right. */
export type Difficulty = "always" | "sometimes" | "never" | "unknown";

export type RolloutSummary = {
  rollouts: number;
  questions: number;
  /** Questions by difficulty. */
  strata: Record<Difficulty, number>;
  outcomes: Record<Rollout["outcome"], number>;
  /** Of tries of which it is known; null where there are none. */
  correctShare: number | null;
  /** `deviation` is the sample's standard deviation, null of fewer than two; `flaggedShare` is the share of rollouts with a flag. Null without a profile. */
  reward: {
    profile: string;
    scored: number;
    mean: number | null;
    deviation: number | null;
    flaggedShare: number;
  } | null;
  /** With `alarm`, so many searches found nothing that there was nothing to learn from searching. */
  searches: { total: number; empty: number; share: number; threshold: number; alarm: boolean };
  tokens: { withLogProbabilities: number };
};

/** Searches before which nothing is judged. */
const fewestSearches = 10;

/** Adds rollouts up one by one; memory grows with the questions alone. */
export function createRolloutSummary(options: { emptyShare: number }): {
  add(rollout: Rollout): void;
  summary(): RolloutSummary;
} {
  const questions = new Map<string, { known: number; right: number }>();
  const outcomes = { answered: 0, abstained: 0, failed: 0, interrupted: 0 };
  const reward = { profile: undefined as string | undefined, scored: 0, mean: 0, squares: 0, flagged: 0 };
  const searches = { total: 0, empty: 0 };
  let rollouts = 0;
  let told = 0;
  return {
    add({ question, outcome, correct, reward: given, retrieved, tokens }) {
      rollouts++;
      outcomes[outcome]++;
      if (tokens) told++;
      const seen = questions.get(question.id) ?? { known: 0, right: 0 };
      questions.set(question.id, seen);
      if (correct !== null) {
        seen.known++;
        if (correct === 1) seen.right++;
      }
      searches.total += retrieved.length;
      searches.empty += retrieved.filter(({ documents }) => documents.length === 0).length;
      if (!given) return;
      reward.profile = given.profile;
      if (given.flags.length > 0) reward.flagged++;
      if (given.total === null) return;
      // Welford's running variance.
      reward.scored++;
      const difference = given.total - reward.mean;
      reward.mean += difference / reward.scored;
      reward.squares += difference * (given.total - reward.mean);
    },
    summary() {
      const strata = { always: 0, sometimes: 0, never: 0, unknown: 0 };
      for (const seen of questions.values()) strata[difficultyOf(seen)]++;
      const all = [...questions.values()];
      const known = all.reduce((sum, one) => sum + one.known, 0);
      const right = all.reduce((sum, one) => sum + one.right, 0);
      const share = searches.total === 0 ? 0 : searches.empty / searches.total;
      const threshold = options.emptyShare;
      const { profile, scored, mean, squares, flagged } = reward;
      return {
        ...{ rollouts, questions: questions.size, strata, outcomes },
        correctShare: known === 0 ? null : right / known,
        reward:
          profile === undefined
            ? null
            : {
                ...{ profile, scored },
                mean: scored === 0 ? null : mean,
                deviation: scored < 2 ? null : Math.sqrt(squares / (scored - 1)),
                flaggedShare: flagged / rollouts,
              },
        searches: {
          ...{ ...searches, share, threshold },
          alarm: searches.total >= fewestSearches && share >= threshold,
        },
        tokens: { withLogProbabilities: told },
      };
    },
  };
}

export function difficultyOf({ known, right }: { known: number; right: number }): Difficulty {
  if (known === 0) return "unknown";
  if (right === 0) return "never";
  return right === known ? "always" : "sometimes";
}
