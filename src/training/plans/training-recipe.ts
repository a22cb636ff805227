import type { ModelShape } from "./sizes/model-shape.ts";

/**
 * One run of an engine, in words that no engine owns. `data` is the folder below --data that it learns from; where there is none of that
 * name, --data itself.
 */
export type TrainingStage = {
  name: string;
  data: string;
  epochs: number;
  learningRate: number;
  warmUpShare: number;
  promptTokens: number;
  completionTokens: number;
} & (
  | { method: "sft"; samplesPerStep: number }
  | {
      method: "grpo" | "ppo";
      /** The reward profile that the service is asked for. */
      profile: string;
      /** The most searches of a rollout; 0 where the model answers from what it knows. */
      searches: number;
      promptsPerStep: number;
      /** Rollouts of each prompt. */
      rollouts: number;
      temperature: number;
      /** Weight of the divergence from the model that it began with. */
      divergenceWeight: number;
    }
);

/** What is trained, stage by stage. A recipe is data: a file here and a line in recipes/list.ts. */
export type TrainingRecipe = {
  name: string;
  /** In one sentence. */
  about: string;
  /** The paper or code that the values come from, and what we set ourselves. */
  source: string;
  model: ModelShape;
  /** The grammar in which the model searches and answers. */
  grammar: string;
  stages: readonly TrainingStage[];
};
