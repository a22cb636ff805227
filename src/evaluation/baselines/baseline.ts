import type { ExemplarPool } from "../few-shot/exemplar-pool.ts";
import type { Sample } from "../samples/sample.ts";

/** What a rule without a model answers. `probabilities` are by option label, where the rule has shares; they sum to 1. */
export type BaselineAnswer = { label: string; probabilities: Readonly<Record<string, number>> | null };

/** All that a rule may know: what is asked, and the samples with their answers, and with their images, that it may look at. */
export type BaselineData = { samples: readonly Sample[]; pool: ExemplarPool };

/** A rule that any model has to beat. Pure. One file, one test, one line in `list.ts`. */
export type Baseline = {
  name: string;
  title: string;
  /** Its score is what is to be expected of it, not what one draw gave. */
  isExpectation?: true;
  /** Needs a pool that compares images: describing these takes longer than all the rest. Other rules get one that compares none. */
  comparesImages?: true;
  /** Null where the rule does not apply to the data set. The rule itself gives null for a question that it cannot answer. */
  prepare(data: BaselineData): ((sample: Sample) => BaselineAnswer | null) | null;
};

/** Shares of votes by the labels of a question's options. Null where none of the options has a vote. */
export function toShares(
  votes: ReadonlyMap<string, number>,
  { options }: Pick<Sample, "options">,
): Record<string, number> | null {
  const counts = options.map(({ label, text }) => [label, votes.get(text) ?? 0] as const);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return all === 0 ? null : Object.fromEntries(counts.map(([label, count]) => [label, count / all]));
}
