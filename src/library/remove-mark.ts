import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeError, writeFileAtomically } from "#platform";

/**
 * A file in the library's folder says that a removal is under way whose bytes may still be on the disk; one that is there already is of
 * a removal that was cut short. Throws `path-unwritable` and `disk-full`.
 */
export async function markRemoval(folder: string): Promise<{ wasCutShort: boolean; clear(): Promise<void> }> {
  const file = join(folder, "removal.pending");
  const wasCutShort = await stat(file).then(
    () => true,
    () => false,
  );
  if (!wasCutShort) await writeFileAtomically(file, new Uint8Array());
  const clear = () =>
    rm(file, { force: true }).catch((error: unknown) => {
      throw writeError(error, file);
    });
  return { wasCutShort, clear };
}
