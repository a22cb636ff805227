import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeError, writeFileAtomically } from "#platform";

function markFile(folder: string): string {
  return join(folder, "removal.pending");
}

/** Whether a removal is under way, or was cut short, whose bytes may still be on the disk. */
export function isRemovalPending(folder: string): Promise<boolean> {
  return stat(markFile(folder)).then(
    () => true,
    () => false,
  );
}

/**
 * A file in the library's folder says that a removal is under way whose bytes may still be on the disk; one that is there already is of
 * a removal that was cut short. Throws `path-unwritable` and `disk-full`.
 */
export async function markRemoval(folder: string): Promise<{ wasCutShort: boolean; clear(): Promise<void> }> {
  const file = markFile(folder);
  const wasCutShort = await isRemovalPending(folder);
  if (!wasCutShort) await writeFileAtomically(file, new Uint8Array());
  const clear = () =>
    rm(file, { force: true }).catch((error: unknown) => {
      throw writeError(error, file);
    });
  return { wasCutShort, clear };
}
