import { basename } from "node:path";
import { digestFile } from "#platform";

/** What all kinds of made data are told. Endpoint and model that are not given are those of the settings. */
export type MakeSettings = {
  /** Where rows, failures, leaks, images and manifest are written; run again, it goes on with what the model said. */
  folder: string;
  endpoint?: string | undefined;
  model?: string | undefined;
  seed: number;
  /** Requests at a time. */
  concurrency: number;
  /** Evaluation sets that nothing made may hold. */
  evaluated: readonly string[];
  /** As `createLeakCheck` has it. */
  maximumOverlap?: number | undefined;
  onProgress?: ((progress: { items: number; share: number; refused: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** The files that data are made of, by name and content. */
export async function digestSources(
  files: readonly string[],
  signal?: AbortSignal,
): Promise<{ name: string; sha256: string }[]> {
  const sources = [];
  for (const file of files)
    sources.push({ name: basename(file), sha256: (await digestFile(file, signal)).sha256 });
  return sources;
}
