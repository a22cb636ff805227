import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { unpackTar, writeError } from "#platform";

/** Holds the SHA-256 of the archive that the folder was unpacked from. */
const originFile = ".unpacked-from";

/**
 * Unpacks a .tar.gz into a folder of its name beside it, whole or not at all; one that was unpacked from the same archive before
 * is left as it is. Throws as `unpackTar` does.
 */
export async function unpackBeside(request: {
  archive: string;
  sha256: string;
  extensions: readonly string[];
  signal?: AbortSignal;
  onProgress?: (bytesRead: number) => void;
}): Promise<string> {
  const { archive, sha256, extensions, ...given } = request;
  const folder = join(dirname(archive), basename(archive).replace(/\.(tar\.gz|tgz)$/, ""));
  const origin = await readFile(join(folder, originFile), "utf8").catch(() => "");
  if (origin === sha256) return folder;
  const part = `${folder}.part`;
  try {
    await rm(part, { recursive: true, force: true });
    const isWanted = (name: string) => extensions.some((extension) => name.endsWith(extension));
    await unpackTar({ file: archive, folder: part, isWanted, ...given });
    await writeFile(join(part, originFile), sha256);
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  } catch (error) {
    throw writeError(error, folder);
  }
  return folder;
}
