import { qwenVision7 } from "../sizes/model-shape.ts";
import type { TrainingRecipe } from "../training-recipe.ts";

const released = {
  method: "grpo",
  epochs: 1,
  learningRate: 1e-6,
  warmUpShare: 0.05,
  searches: 2,
  promptsPerStep: 8,
  rollouts: 8,
  temperature: 1,
  divergenceWeight: 1e-3,
  promptTokens: 4096,
  completionTokens: 4096,
} as const;

export const medRwrTraining: TrainingRecipe = {
  name: "med-rwr",
  about: "Two stages of GRPO: texts for accuracy and format, then texts and images for all rewards.",
  source:
    "Med-RwR (arXiv 2510.18303), section 4.1 and its released train.sh: 8 × 80 GB, learning rate 1e-6, β 1e-3, 8 prompts of 8 rollouts a step, 8,192 tokens of which 4,096 are written.",
  model: qwenVision7,
  grammar: "med-rwr",
  stages: [
    { ...released, name: "text", data: "text", profile: "med-rwr-stage1" },
    { ...released, name: "multimodal", data: "multimodal", profile: "med-rwr-stage2" },
  ],
};
