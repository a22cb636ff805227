import { type ExportManifest, exportRollouts, findTrainingEngine, type Selection } from "#training";
import { openLeakFinder } from "./leaks-against.ts";

/**
 * Exports rollouts for an engine, without the questions that an evaluation set of `against` has. Throws `usage-invalid` for an engine or a kind
 * that is not there; otherwise as `exportRollouts` and `readDataSet` do.
 */
export async function exportTrainingData(request: {
  folders: readonly string[];
  engine: string;
  kind: string;
  out: string;
  selection: Selection;
  validation: number;
  seed: number;
  against: readonly string[];
  maximumOverlap: number;
  onProgress?: ((done: { read: number; written: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ExportManifest> {
  const { engine, kind, against, maximumOverlap: maximum, ...options } = request;
  const found = findTrainingEngine(engine, kind);
  const { signal } = options;
  const leakFinder = against.length > 0 ? await openLeakFinder(against, { maximum, signal }) : undefined;
  return exportRollouts({ ...options, ...found, leakFinder });
}
