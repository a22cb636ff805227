import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { MedRoundsError } from "#contracts";
import { writeError } from "#platform";

/** Writes a file that is not there yet, whole or not at all. Throws `path-occupied`, `path-unwritable` and `disk-full`. */
export async function writeNewFile(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new MedRoundsError("path-occupied", `${basename(file)} is there already.`, { path: file });
    }
    await rm(file, { force: true }).catch(() => undefined);
    throw writeError(error, file);
  }
}
