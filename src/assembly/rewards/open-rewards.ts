import { fileURLToPath } from "node:url";
import { MedRoundsError } from "#contracts";
import type { Library } from "#library";
import { readBoundedFile } from "#platform";
import { readSafetyChecklist, type SafetyChecklist } from "#training";
import { grammars } from "#transcript";
import type { FileSimilarity } from "../image-text-similarity.ts";
import { type GoldQuestions, openGoldQuestions } from "./gold-questions.ts";
import { createRewardScorer, type RewardScorer } from "./reward-scorer.ts";
import { openTermEntities } from "./term-entities.ts";

export type RewardChoice = {
  /** The profile where a request names none: med-rwr-stage2 where left out. */
  profile?: string | undefined;
  /** A corpus of the library whose titles and synonyms are the medical entities; without one each content word is one. */
  terms?: string | undefined;
  /** A checklist of what is unsafe to say, as YAML; recipes/rewards/safety.yaml where left out. */
  safety?: string | undefined;
  /** The grammar of trainers that can't name theirs; their blocks behind queries are then taken for the environment's. */
  grammar?: string | undefined;
  /** A data set with what is right, for trainers that send nothing but text. */
  gold?: string | undefined;
};

const shippedChecklist = fileURLToPath(new URL("../../../recipes/rewards/safety.yaml", import.meta.url));
const checklistLimit = 1024 * 1024;

/** What the reward service works with. */
export type Rewards = {
  scorer: RewardScorer;
  grammar: string | undefined;
  questions: GoldQuestions | undefined;
};

/**
 * Throws `usage-invalid` for a grammar that there is none of, `reward-profile-unknown`, `entry-missing`, `safety-checklist-invalid`, and what reading the files throws. A `library` is needed
 * for `terms` alone.
 */
export async function openRewards(
  choice: RewardChoice & {
    library?: Library | undefined;
    similarity?: FileSimilarity | undefined;
    signal?: AbortSignal;
  },
): Promise<Rewards> {
  const { profile = "med-rwr-stage2", terms, gold, library, similarity, signal } = choice;
  checkGrammar(choice.grammar);
  const entityFinder =
    terms === undefined || library === undefined ? undefined : await openTermEntities(library, terms);
  const safetyChecklist = await readChecklist(choice.safety ?? shippedChecklist);
  return {
    scorer: createRewardScorer({ profile, context: { entityFinder, safetyChecklist }, similarity }),
    grammar: choice.grammar,
    questions: gold === undefined ? undefined : await openGoldQuestions(gold, signal),
  };
}

async function readChecklist(file: string): Promise<SafetyChecklist> {
  const bytes = await readBoundedFile(file, { limit: checklistLimit });
  return readSafetyChecklist(new TextDecoder().decode(bytes), file);
}

function checkGrammar(name: string | undefined): void {
  const names = grammars.map((grammar) => grammar.name);
  if (name === undefined || names.includes(name)) return;
  const message = `There is no grammar ${name.slice(0, 40)}; there are ${names.join(", ")}.`;
  throw new MedRoundsError("usage-invalid", message);
}
