import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fileError } from "./file-error.ts";

/** `gitBlob` is the id that git gives such content: SHA-1 of "blob <bytes>", a NUL and the content. */
export type FileDigest = { bytes: number; sha256: string; gitBlob: string };

/** Size and checksums of a file, read in constant memory. Throws `path-missing`, `path-unreadable` and the signal's reason. */
export async function digestFile(file: string, signal?: AbortSignal): Promise<FileDigest> {
  try {
    const { size } = await stat(file);
    const sha256 = createHash("sha256");
    const gitBlob = createHash("sha1").update(`blob ${size}\0`);
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024, signal })) {
      sha256.update(chunk);
      gitBlob.update(chunk);
    }
    return { bytes: size, sha256: sha256.digest("hex"), gitBlob: gitBlob.digest("hex") };
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(error, file);
  }
}
