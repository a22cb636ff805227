import { readDataSet } from "#evaluation";
import type { EvaluationSet } from "#training";

/** Reads the evaluation sets that nothing made may hold, in any form that suites read. Throws as `readDataSet` does. */
export async function readEvaluationSets(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<EvaluationSet[]> {
  const sets: EvaluationSet[] = [];
  for (const path of paths) {
    const { name, samples } = await readDataSet({ path, signal });
    sets.push({ name, samples });
  }
  return sets;
}
