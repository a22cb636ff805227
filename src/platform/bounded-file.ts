import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError } from "./file-error.ts";

const megabyte = 1024 * 1024;
const defaultLimit = 256 * megabyte;

/**
 * The content of a regular file of at most `limit` bytes (256 MB unless told). A pipe or device is refused without waiting for
 * what it may give. Throws `path-missing`, `path-unreadable`, `path-not-file` and `file-too-large`, and the signal's reason.
 */
export async function readBoundedFile(
  file: string,
  { limit = defaultLimit, signal }: { limit?: number; signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  try {
    // Opened so, a pipe that nobody writes to does not make the process wait (open(2)); Windows has no such flag.
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = await handle.stat();
    if (!status.isFile()) {
      throw new MedRoundsError("path-not-file", `${basename(file)} is no regular file.`, { path: file });
    }
    if (status.size > limit) {
      const message = `${basename(file)} is larger than ${Math.round(limit / megabyte)} MB.`;
      throw new MedRoundsError("file-too-large", message, { bytes: status.size, limit });
    }
    return await handle.readFile(signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(error, file);
  }
}
