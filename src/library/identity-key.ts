import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openKeyFile } from "#imaging";

/** The file of the key by which a library's patients, studies and images got their ids. */
function keyFile(folder: string): string {
  return join(folder, "identity.key");
}

/** The key of a library, made where it has none yet. Throws `key-invalid`, `path-unreadable`, `path-unwritable`, `disk-full`. */
export function openIdentityKey(folder: string): Promise<Uint8Array> {
  return openKeyFile(keyFile(folder));
}

/** The key of a library, or undefined where it has none: then no case of it came from a DICOM file. Throws as `openIdentityKey` does. */
export async function readIdentityKey(folder: string): Promise<Uint8Array | undefined> {
  const isThere = await stat(keyFile(folder)).then(
    () => true,
    () => false,
  );
  return isThere ? openIdentityKey(folder) : undefined;
}
