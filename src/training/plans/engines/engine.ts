import type { Sharding } from "../sizes/estimate-memory.ts";
import type { TrainingSize } from "../sizes/training-size.ts";
import type { PlannedStage } from "../training-plan.ts";
import type { TrainingStage } from "../training-recipe.ts";

/** A file of the plan, by its path in the folder. */
export type PlanFile = { path: string; text: string };

export type StageRequest = {
  stage: TrainingStage;
  size: TrainingSize;
  /** Of this stage in the plan, such as stages/1-text. */
  folder: string;
  data: { train: string; validation: string | undefined };
  /** A name on the hub or a folder. */
  model: string;
  /** The name of the stage whose result this one begins with; the model itself where there is none. */
  before: string | undefined;
  /** Generation ends behind these. */
  stop: readonly string[];
};

/** How an engine is told what to do. One file, one test, one line in `list.ts`; its adapters lie in recipes/training. */
export type PlannedEngine = {
  name: string;
  version: string;
  /** Python packages, pinned. */
  packages: readonly string[];
  /** What has to be importable. */
  module: string;
  sharding: Sharding;
  /** What it can't do, in a sentence; undefined where it can. */
  refuse(plan: { stages: readonly TrainingStage[]; size: TrainingSize }): string | undefined;
  stage(request: StageRequest): { stage: Omit<PlannedStage, "name">; files: readonly PlanFile[] };
  /** Files that all stages share. */
  files(plan: { size: TrainingSize }): readonly PlanFile[];
  /** What to be careful with, in Markdown. */
  notes: readonly string[];
};

/** Steps between two checkpoints; Med-RwR's. */
export const saveSteps = 10;
export const python = ".venv/bin/python";
