import type { Library } from "#library";
import type { FileSimilarity } from "../image-text-similarity.ts";
import { type GoldQuestions, openGoldQuestions } from "./gold-questions.ts";
import { createRewardScorer, type RewardScorer } from "./reward-scorer.ts";
import { openTermEntities } from "./term-entities.ts";

export type RewardChoice = {
  /** The profile where a request names none: med-rwr-stage2 where left out. */
  profile?: string | undefined;
  /** A corpus of the library whose titles and synonyms are the medical entities; without one each content word is one. */
  terms?: string | undefined;
  /** A data set with what is right, for trainers that send nothing but text. */
  gold?: string | undefined;
};

/** What the reward service works with. */
export type Rewards = { scorer: RewardScorer; questions: GoldQuestions | undefined };

/** Throws `reward-profile-unknown`, `entry-missing`, and what reading the data set throws. */
export async function openRewards(
  choice: RewardChoice & { library: Library; similarity?: FileSimilarity | undefined; signal?: AbortSignal },
): Promise<Rewards> {
  const { profile = "med-rwr-stage2", terms, gold, library, similarity, signal } = choice;
  const entityFinder = terms === undefined ? undefined : await openTermEntities(library, terms);
  return {
    scorer: createRewardScorer({ profile, entityFinder, similarity }),
    questions: gold === undefined ? undefined : await openGoldQuestions(gold, signal),
  };
}
