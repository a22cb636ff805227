import { qwen7Text } from "../sizes/model-shape.ts";
import type { TrainingRecipe } from "../training-recipe.ts";
import { coldStart } from "./cold-start.ts";

export const sftColdStart: TrainingRecipe = {
  name: "sft-cold-start",
  about: "A model learns to write transcripts from those that were kept.",
  source:
    "Values are ours. Med-RwR found that such a start costs accuracy where rewards follow (its table 5).",
  model: qwen7Text,
  grammar: "med-rwr",
  stages: [coldStart],
};
