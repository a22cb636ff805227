import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { MedRoundsError } from "#contracts";
import { containedPath, fileError, readBoundedFile, safeRelativePath, sha256 } from "#platform";
import type { SampleImage } from "../../samples/sample.ts";

/** Largest image file, in bytes. */
const limit = 256 * 1024 * 1024;
const pieceSize = 256 * 1024;

/** The image of a row: its path as it is written there, and the folders that it may start at, in the order of search. */
export type ImageRequest = { path: string; folders: readonly string[] };

/**
 * Finds and hashes the image files of a data set. Each is hashed once, in pieces; its bytes are not kept. `roots` are real paths of
 * folders: no image outside of them is read, also not by links.
 */
export function createImageFiles({ roots, signal }: { roots: readonly string[]; signal?: AbortSignal }) {
  const known = new Map<string, Promise<SampleImage>>();
  // Memory that is read into, as much as there are images under way at once.
  const pieces: Buffer[] = [];
  const open = async (request: ImageRequest): Promise<SampleImage> => {
    const { file, path } = await findFile({ ...request, roots });
    const piece = pieces.pop() ?? Buffer.allocUnsafe(pieceSize);
    const hash = await hashFile({ file, piece, signal }).finally(() => pieces.push(piece));
    const read = (stop?: AbortSignal) => readImage({ file, hash, ...(stop ? { signal: stop } : {}) });
    return { name: request.path, path, sha256: hash, read };
  };
  return (request: ImageRequest): Promise<SampleImage> => {
    const key = [request.path, ...request.folders].join("\n");
    const image = known.get(key) ?? open(request);
    known.set(key, image);
    return image;
  };
}

async function findFile(
  request: ImageRequest & { roots: readonly string[] },
): Promise<{ file: string; path: string }> {
  const { path, folders, roots } = request;
  const below = safeRelativePath(path);
  if (below === undefined) throw outside(path);
  let missing: unknown;
  for (const root of roots) {
    for (const folder of folders) {
      try {
        const file = await containedPath(root, join(root, folder, below));
        return { file, path: relative(root, file).split(sep).join("/") };
      } catch (error) {
        if (!MedRoundsError.is(error)) throw error;
        if (error.code !== "path-missing") throw error.code === "file-outside-folder" ? outside(path) : error;
        missing ??= error;
      }
    }
  }
  throw missing;
}

function outside(path: string): MedRoundsError {
  const message = `The image ${basename(path).slice(0, 80)} lies outside the data set.`;
  return new MedRoundsError("file-outside-folder", message);
}

/** SHA-256 of a regular file, in memory of one piece; a pipe or a device is refused without waiting for it. */
async function hashFile(request: {
  file: string;
  piece: Buffer;
  signal?: AbortSignal | undefined;
}): Promise<string> {
  const { file, piece, signal } = request;
  signal?.throwIfAborted();
  try {
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = await handle.stat();
    const name = basename(file);
    if (!status.isFile()) throw new MedRoundsError("path-not-file", `${name} is no regular file.`);
    if (status.size === 0) throw new MedRoundsError("file-empty", `${name} is empty.`);
    if (status.size > limit) throw new MedRoundsError("file-too-large", `${name} is larger than 256 MB.`);
    const hash = createHash("sha256");
    for (let done = 0; done < status.size; ) {
      const { bytesRead } = await handle.read(piece, 0, pieceSize, done);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      done += bytesRead;
    }
    return hash.digest("hex");
  } catch (error) {
    throw fileError(error, file);
  }
}

async function readImage(request: { file: string; hash: string; signal?: AbortSignal }): Promise<Uint8Array> {
  const { file, hash, signal } = request;
  const bytes = await readBoundedFile(file, { limit, ...(signal ? { signal } : {}) });
  if (sha256(bytes) === hash) return bytes;
  throw new MedRoundsError(
    "sample-changed",
    `${basename(file)} is not what it was when the data set was read.`,
  );
}
