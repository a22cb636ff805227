import { goldLabel, goldTexts } from "../rewards/gold.ts";
import type { ExportedRollout } from "./rollout-schema.ts";

/**
 * What a reward needs to know of a question, under names that no engine takes for its own. The same names and types in every row; the right
 * answer stands here and in no text that a model is shown.
 */
export type GoldColumns = {
  qid: string;
  data_set: string;
  question_text: string;
  choices: readonly { label: string; text: string }[];
  gold_letter: string | null;
  gold_text: string | null;
  gold_aliases: readonly string[];
  gold_entities: readonly string[];
  gold_sources: readonly string[];
};

export function goldColumns({ id, dataSet, text, options, gold }: ExportedRollout["question"]): GoldColumns {
  const [goldText = null] = goldTexts({ options, gold });
  return {
    qid: id,
    data_set: dataSet,
    question_text: text,
    choices: options.map(({ label, text: choice }) => ({ label, text: choice })),
    gold_letter: goldLabel({ options, gold }),
    gold_text: goldText,
    gold_aliases: gold.aliases,
    gold_entities: gold.entities,
    gold_sources: gold.sources,
  };
}

/** The right answer as one text: its letter where there is one. */
export function solutionOf(gold: GoldColumns): string {
  return gold.gold_letter ?? gold.gold_text ?? "";
}
