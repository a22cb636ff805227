import type { TrainingRecipe } from "../training-recipe.ts";
import { grpoText } from "./grpo-text.ts";
import { llamaR1MedRag } from "./llama-r1-medrag.ts";
import { medRwrTraining } from "./med-rwr.ts";
import { ppoText } from "./ppo-text.ts";
import { sftColdStart } from "./sft-cold-start.ts";

/** Every recipe of a training run, in the order in which help shows them. */
export const trainingRecipes: readonly TrainingRecipe[] = [
  sftColdStart,
  medRwrTraining,
  grpoText,
  ppoText,
  llamaR1MedRag,
];
