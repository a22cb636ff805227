import { closeSync, openSync, readSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError, readJsonLines } from "#platform";
import { type ExportedRollout, rolloutSchema } from "./rollout-schema.ts";

/** Where a rollout's line lies: the number of its folder, its line from 1, and its bytes. */
export type RolloutPlace = { folder: number; line: number; start: number; end: number };

export type RolloutLine = { place: RolloutPlace } & (
  | { type: "rollout"; rollout: ExportedRollout }
  | { type: "refused"; code: string; message: string }
);

/** The file of a folder of rollouts. */
export function rolloutsFile(folder: string): string {
  return join(folder, "rollouts.jsonl");
}

/**
 * Reads rollouts of folders one after another in constant memory; a line that is none is refused alone. Throws the errors of reading a file
 * and the signal's reason.
 */
export async function* readRollouts(
  folders: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<RolloutLine> {
  for (const [folder, path] of folders.entries()) {
    const file = rolloutsFile(path);
    await stat(file).catch((error: unknown) => Promise.reject(fileError(error, file)));
    let start = 0;
    for await (const found of readJsonLines(file, signal)) {
      const place = { folder, line: found.line, start, end: found.bytes };
      start = found.bytes;
      if (found.type === "refused") {
        const { code, message } = found.failure;
        yield { place, type: "refused", code, message };
        continue;
      }
      const read = rolloutSchema.safeParse(found.value);
      if (read.success) yield { place, type: "rollout", rollout: read.data };
      else {
        const [issue] = read.error.issues;
        const message = `Line ${found.line} is no rollout: ${issue?.path.join(".")}: ${issue?.message}.`;
        yield { place, type: "refused", code: "row-invalid", message };
      }
    }
  }
}

/** Reads single rollouts again, by the places of their lines. */
export type RolloutReader = { read(place: RolloutPlace): ExportedRollout } & Disposable;

/**
 * Throws the errors of opening a file; `read` throws `file-damaged` where the file is not what it was. A line is read at once: a turn
 * through the thread pool costs several times as much as the line.
 */
export function openRollouts(folders: readonly string[]): RolloutReader {
  const handles: number[] = [];
  for (const path of folders) {
    const file = rolloutsFile(path);
    try {
      handles.push(openSync(file, "r"));
    } catch (error) {
      throw fileError(error, file);
    }
  }
  return {
    read({ folder, line, start, end }) {
      const buffer = Buffer.allocUnsafe(end - start);
      const length = readSync(handles[folder]!, buffer, 0, buffer.length, start);
      try {
        return JSON.parse(buffer.toString("utf8", 0, length)) as ExportedRollout;
      } catch {
        const message = `Line ${line} of the rollouts changed while they were exported.`;
        throw new MedRoundsError("file-damaged", message, { line });
      }
    },
    [Symbol.dispose]() {
      for (const handle of handles) closeSync(handle);
    },
  };
}
