import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeError } from "#platform";
import type { RunFile } from "../runner/run-file.ts";
import type { Arm } from "../suites/arms.ts";
import type { ExportFormat, ReadExportImage } from "./export-format.ts";
import { openArm } from "./open-arm.ts";

/**
 * Writes an arm of a run into a file; memory does not grow with what its rounds hold. Resolves to the number of tasks in it.
 *
 * @throws MedRoundsError `run-unscored`; the errors of reading a run and of writing; the signal's reason
 */
export async function exportArm(request: {
  folder: string;
  run: RunFile;
  arm: Arm;
  format: ExportFormat;
  file: string;
  image?: ReadExportImage | undefined;
  signal?: AbortSignal | undefined;
}): Promise<number> {
  const { format, file } = request;
  const arm = await openArm(request);
  await writePieces(file, format.write(arm));
  return arm.scored.length;
}

/** The file is there whole or not at all. */
async function writePieces(file: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const part = `${file}.part`;
  const refuse = (error: unknown): never => {
    throw writeError(error, file);
  };
  await mkdir(dirname(file), { recursive: true }).catch(refuse);
  try {
    const handle = await open(part, "w").catch(refuse);
    try {
      for await (const piece of pieces) await handle.writeFile(piece).catch(refuse);
    } finally {
      await handle.close();
    }
    await rename(part, file).catch(refuse);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
