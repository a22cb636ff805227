import { MedRoundsError } from "#contracts";
import { type DistillationReport, distill, distillationFiles, readTestSet } from "#knowledge";
import { createChatModel } from "#models";
import { readEnvironment } from "#platform";

/** What a distillation did, and where its files are; `leaks` is null where no test set was given. */
export type Distillation = DistillationReport & {
  model: string;
  output: string;
  log: string;
  leaks: string | null;
};

/**
 * Distills files of explanations into a knowledge base by a chat model; endpoint and model that are not given are taken from the
 * environment. Throws `endpoint-missing`, `endpoint-invalid`, and as `distill` and `readTestSet` do.
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
  const { testSets, endpoint: _endpoint, model: _model, ...settings } = request;
  const model = chooseModel(request);
  const testQuestions = [];
  for (const file of testSets) testQuestions.push(...(await readTestSet(file, request.signal)));
  const report = await distill({ ...settings, model, testQuestions });
  const { log, leaks } = distillationFiles(request.output);
  const { output } = request;
  return { model: model.name, output, log, leaks: testSets.length === 0 ? null : leaks, ...report };
}

function chooseModel(choice: { endpoint?: string; model?: string }) {
  const environment = readEnvironment();
  const endpoint = choice.endpoint ?? environment.endpoint;
  const model = choice.model ?? environment.model;
  if (endpoint === undefined || model === undefined) {
    const missing = endpoint === undefined ? "endpoint" : "model";
    throw new MedRoundsError(
      "endpoint-missing",
      `Distilling needs a chat model, and no ${missing} is given.`,
    );
  }
  const { apiKey } = environment;
  return createChatModel({
    endpoint,
    model,
    fetch: globalThis.fetch,
    ...(apiKey === undefined ? {} : { apiKey }),
  });
}
