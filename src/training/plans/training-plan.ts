import { z } from "zod";

const command = z.array(z.string().min(1)).min(1);

/** A program that runs as long as the plan does. The word `medrounds` at the place of the program is this one. */
const serviceSchema = z.strictObject({
  name: z.string(),
  command,
  /** Answers 200 once the service is ready. */
  ready: z.url(),
  /** JSON with `emptyResults`, as MedRounds' /health. */
  health: z.url().optional(),
});

/**
 * One run of an engine. In commands and in the environment `{folder}` is the plan's folder, and `{result:NAME}` what the stage of that
 * name came to.
 */
const stageSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,60}$/),
  command,
  environment: z.record(z.string(), z.string()).default({}),
  /** Where checkpoints are written, as folders of this prefix and a number. */
  checkpoints: z.strictObject({
    folder: z.string(),
    prefix: z.string(),
    /** A file that a whole checkpoint has. */
    mark: z.string().optional(),
    /** Added to the command where there is one; `{checkpoint}` is the newest. An engine that finds it by itself needs none. */
    resume: z.array(z.string()).default([]),
  }),
  /** Where the trained model lies; `{checkpoint}` is the newest. */
  result: z.string(),
});

/** What plan.json holds. Its commands may be any program. */
export const trainingPlanSchema = z.strictObject({
  version: z.literal(1),
  medrounds: z.string(),
  engine: z.strictObject({
    name: z.string(),
    version: z.string(),
    /** Ends with 0 where the engine is there. */
    check: command.optional(),
    /** What installs it, run in the plan's folder. */
    install: z.string(),
  }),
  recipe: z.string(),
  size: z.string(),
  /** Files that it learns from, with their SHA-256. */
  data: z.array(z.strictObject({ file: z.string(), sha256: z.string() })),
  /** Files of the plan, with their SHA-256. */
  files: z.record(z.string(), z.string()),
  services: z.array(serviceSchema),
  stages: z.array(stageSchema).min(1),
});

export type TrainingPlan = z.infer<typeof trainingPlanSchema>;
export type PlannedStage = z.input<typeof stageSchema>;
