import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { fileError, readJsonLines } from "#platform";
import { type Explanation, readExplanation } from "./explanation.ts";

/** A row of the input. `share` (0 to 1) of the bytes of all files was read so far. */
export type ReadRow = { file: string; line: number; share: number } & (
  | { type: "explanation"; explanation: Explanation }
  | { type: "without-explanation" }
  | { type: "refused"; failure: Failure }
);

/**
 * Reads rows of explanations from JSON lines (also `.gz`), in order and in constant memory. A bad row is refused alone. Throws
 * `path-missing` and `path-unreadable` before the first row, and the errors of damaged files.
 */
export async function* readExplanations(
  files: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<ReadRow> {
  const sizes = await Promise.all(files.map(sizeOf));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let before = 0;
  for (const [index, path] of files.entries()) {
    const file = basename(path);
    try {
      for await (const entry of readJsonLines(path, signal)) {
        const { line } = entry;
        const place = { file, line, share: Math.min(1, (before + entry.bytes) / total) };
        if (entry.type === "refused") yield { ...place, type: "refused", failure: entry.failure };
        else yield { ...place, ...readRow(entry.value) };
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw fileError(error, path);
    }
    before += sizes[index]!;
  }
}

async function sizeOf(path: string): Promise<number> {
  const status = await stat(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  if (status.isFile()) return status.size;
  throw new MedRoundsError("path-not-file", `${basename(path)} is no regular file.`, { path });
}

function readRow(row: Record<string, unknown>) {
  try {
    const explanation = readExplanation(row);
    return explanation === null
      ? ({ type: "without-explanation" } as const)
      : ({ type: "explanation", explanation } as const);
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    return { type: "refused", failure: toFailure(error) } as const;
  }
}
