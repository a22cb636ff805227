import { findGrammar } from "#transcript";
import type { TrainingRecipe } from "./training-recipe.ts";

/** Names of what a reward knows of a question, beside the columns of an export that hold it. */
const columns = {
  qid: "qid",
  question: "question_text",
  options: "choices",
  gold: "gold",
  gold_letter: "gold_letter",
  gold_text: "gold_text",
  gold_aliases: "gold_aliases",
  gold_entities: "gold_entities",
  gold_sources: "gold_sources",
  retrieved: "retrieved",
};

/** What adapters/settings.json holds: all that adapters know of the grammar, the service and the data. */
export function adapterSettings({ recipe, port }: { recipe: TrainingRecipe; port: number }): string {
  const { name, tags, gap, documents } = findGrammar(recipe.grammar);
  const rewarded = recipe.stages.filter((stage) => stage.method !== "sft");
  const settings = {
    url: `http://127.0.0.1:${port}`,
    // A stage's own stands in MEDROUNDS_PROFILE.
    profile: rewarded[0]?.profile ?? null,
    searches: Math.max(0, ...rewarded.map(({ searches }) => searches)),
    top: 3,
    timeout: 120,
    attempts: 8,
    grammar: name,
    tags,
    gap,
    documents,
    columns,
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
