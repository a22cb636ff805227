import { llama8Distilled } from "../sizes/model-shape.ts";
import type { TrainingRecipe } from "../training-recipe.ts";
import { coldStart } from "./cold-start.ts";

export const llamaR1MedRag: TrainingRecipe = {
  name: "llama-r1-medrag",
  about:
    "Llama-R1-MedRAG's sequence on text: supervised first, then GRPO with searches for the hybrid reward.",
  source:
    "Llama-R1-MedRAG names its base, its sequence and the parts of its reward; no code, formulas or values are public. All values here are ours, the reward is docs/rewards.md's hybrid.",
  model: llama8Distilled,
  grammar: "med-rwr",
  stages: [
    { ...coldStart, name: "supervised" },
    {
      name: "reinforced",
      method: "grpo",
      data: "text",
      profile: "hybrid",
      epochs: 1,
      learningRate: 1e-6,
      warmUpShare: 0.05,
      searches: 4,
      promptsPerStep: 8,
      rollouts: 8,
      temperature: 1,
      divergenceWeight: 1e-3,
      promptTokens: 2048,
      completionTokens: 6144,
    },
  ],
};
