import type { TrainingStage } from "../training-recipe.ts";

/** Learning from transcripts, so that a model knows the grammar before rewards can tell good searches from bad ones. */
export const coldStart: TrainingStage = {
  name: "cold-start",
  method: "sft",
  data: "sft",
  epochs: 2,
  learningRate: 1e-5,
  warmUpShare: 0.05,
  promptTokens: 2048,
  completionTokens: 4096,
  samplesPerStep: 64,
};
