import type { ScoredItems, ScoreRequest } from "#assembly";
import { MedRoundsError } from "#contracts";
import type { ServerContext } from "../server-context.ts";

/** Scores a batch of a trainer, in its turn; counts it. Throws `request-too-large` and `reward-profile-unknown`. */
export async function scoreBatch(
  request: ScoreRequest & {
    server: ServerContext;
    /** The route by which the trainer asks, for the metrics. */
    route: string;
    signal: AbortSignal;
  },
): Promise<ScoredItems> {
  const { server, route, ...batch } = request;
  const { limits, metrics, rewards, scoring } = server;
  const limit = limits.scoreItems;
  if (batch.items.length > limit) {
    throw new MedRoundsError("request-too-large", `A batch has up to ${limit} completions.`, { limit });
  }
  using _turn = await scoring.enter(batch.signal);
  const scored = await rewards.scorer.score(batch);
  metrics.scores.add({ route }, scored.items.length);
  metrics.missingScores.add({ route }, scored.items.filter(({ total }) => total === null).length);
  return scored;
}

/** Whether an answer is right, 0 to 1, as far as the profile says; by the total where it does not. */
export function accuracyOf({ total, components }: ScoredItems["items"][number]): number {
  const named = ["accuracy", "letter-accuracy", "correctness"].map((name) => components[name]?.value);
  return named.find((value) => typeof value === "number") ?? total ?? 0;
}
