import { qwen7Text } from "../sizes/model-shape.ts";
import type { TrainingRecipe } from "../training-recipe.ts";

export const ppoText: TrainingRecipe = {
  name: "ppo-text",
  about: "PPO with a critic on questions in words, with searches; slower than GRPO and steadier.",
  source:
    "Search-R1 (PPO with generalized advantages, learning rate 1e-6, divergence 0.001); its GRPO runs collapsed where PPO did not. The batch is ours.",
  model: qwen7Text,
  grammar: "med-rwr",
  stages: [
    {
      name: "ppo",
      method: "ppo",
      data: "text",
      profile: "med-rwr-stage1",
      epochs: 1,
      learningRate: 1e-6,
      warmUpShare: 0.1,
      searches: 4,
      promptsPerStep: 64,
      rollouts: 1,
      temperature: 1,
      divergenceWeight: 1e-3,
      promptTokens: 2048,
      completionTokens: 4096,
    },
  ],
};
