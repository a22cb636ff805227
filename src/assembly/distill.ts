import { type DistillationReport, distill, distillationFiles, readTestSet } from "#knowledge";
import { connectModel } from "./model-choice.ts";
import { readSettings } from "./settings.ts";

/** What a distillation did, and where its files are; `leaks` is null where no test set was given. */
export type Distillation = DistillationReport & {
  model: string;
  output: string;
  log: string;
  leaks: string | null;
};

/**
 * Distills files of explanations into a knowledge base by a chat model; endpoint and model that are not given are taken from the
 * environment and the configuration file. Throws `endpoint-missing`, `endpoint-invalid`, and as `distill` and `readTestSet` do.
 */
export async function distillKnowledge(request: {
  files: readonly string[];
  output: string;
  endpoint?: string;
  model?: string;
  testSets: readonly string[];
  maximumOverlap?: number;
  single?: boolean;
  concurrency?: number;
  pauseMilliseconds?: number;
  onProgress?: (progress: { items: number; share: number; refused: number }) => void;
  signal?: AbortSignal;
}): Promise<Distillation> {
  const { testSets, endpoint, model: named, ...settings } = request;
  // The distillation has a patience of its own, which also begins a broken reply anew.
  const chosen = await readSettings({ endpoint, model: named });
  const model = await connectModel(chosen, { purpose: "Distilling", attempts: 1 });
  const testQuestions = [];
  for (const file of testSets) testQuestions.push(...(await readTestSet(file, request.signal)));
  const report = await distill({ ...settings, model, testQuestions });
  const { log, leaks } = distillationFiles(request.output);
  const { output } = request;
  return { model: model.name, output, log, leaks: testSets.length === 0 ? null : leaks, ...report };
}
