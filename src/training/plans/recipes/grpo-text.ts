import { qwen7Text } from "../sizes/model-shape.ts";
import type { TrainingRecipe } from "../training-recipe.ts";

export const grpoText: TrainingRecipe = {
  name: "grpo-text",
  about: "GRPO on questions in words, with searches.",
  source:
    "Search-R1 v0.3 (5 rollouts, learning rate 1e-6, divergence 0.001, 4 searches at most); the batch is ours.",
  model: qwen7Text,
  grammar: "med-rwr",
  stages: [
    {
      name: "grpo",
      method: "grpo",
      data: "text",
      profile: "med-rwr-stage1",
      epochs: 1,
      learningRate: 1e-6,
      warmUpShare: 0.1,
      searches: 4,
      promptsPerStep: 16,
      rollouts: 5,
      temperature: 1,
      divergenceWeight: 1e-3,
      promptTokens: 2048,
      completionTokens: 4096,
    },
  ],
};
