import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { MedRoundsError } from "#contracts";
import { writeError } from "./file-error.ts";
import { safeRelativePath } from "./files.ts";

const megabyte = 1024 * 1024;
const limits = { entries: 1_000_000, fileBytes: 256 * megabyte, bytes: 64 * 1024 * megabyte, expansion: 200 };
const expansionGrace = 64 * megabyte;

/**
 * Unpacks the wanted files of a gzipped tar archive (POSIX.1-2001 pax, ustar) into a folder, in constant memory. An archive that holds
 * links, devices or paths out of the folder, or more than a million entries, a file above 256 MB, 64 GB in all or a 200-fold
 * expansion, is refused where that is met: unpack into a folder of its own. Throws `archive-unsafe`, `archive-broken`,
 * `path-missing`, `path-unwritable`, `disk-full`, and the signal's reason.
 */
export async function unpackTar(request: {
  file: string;
  folder: string;
  isWanted: (name: string) => boolean;
  signal?: AbortSignal;
  /** Called with the share (0–1) of the archive that was read. */
  onProgress?: (bytesRead: number) => void;
}): Promise<{ files: number; bytes: number }> {
  const { file, folder, isWanted, signal, onProgress } = request;
  const source = createReadStream(file);
  const archive = extract();
  const flow = pipeline(source, createGunzip(), archive, signal ? { signal } : {});
  // A pipeline from an entry that was destroyed before it began would never settle.
  const broken = new AbortController();
  const flowed = flow.catch((error: unknown) => {
    broken.abort(error);
    return error;
  });
  const done = { files: 0, bytes: 0 };
  let entries = 0;
  let expanded = 0;
  try {
    for await (const entry of archive) {
      const { header } = entry;
      expanded += header.size ?? 0;
      const exceeded = ++entries > limits.entries || expanded > limits.bytes;
      if (exceeded || (expanded > expansionGrace && expanded > limits.expansion * source.bytesRead)) {
        throw unsafe("holds more than an archive of its size should", header.name);
      }
      const path = requireFile(header);
      if (path !== undefined && isWanted(path)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await pipeline(entry, createWriteStream(join(folder, path)), { signal: broken.signal });
        done.files++;
        done.bytes += header.size ?? 0;
      } else entry.resume();
      onProgress?.(source.bytesRead);
    }
    await flow;
    return done;
  } catch (error) {
    archive.destroy();
    const cause = (await flowed) ?? error;
    signal?.throwIfAborted();
    throw translate({ error, cause, file });
  }
}

/** The path of a file; undefined for a folder. Throws `archive-unsafe` for anything else. */
function requireFile({ name, type, size }: Header): string | undefined {
  if (type === "directory") return undefined;
  if (type !== "file" && type !== "contiguous-file") throw unsafe(`holds a ${type ?? "strange entry"}`, name);
  const path = safeRelativePath(name.replace(/^(\.\/)+/, ""));
  if (path === undefined) throw unsafe("holds a path that leads out of its folder", name);
  if ((size ?? 0) > limits.fileBytes) throw unsafe("holds a file above 256 MB", name);
  return path;
}

function unsafe(what: string, entry: string): MedRoundsError {
  return new MedRoundsError("archive-unsafe", `The archive ${what}.`, { entry: entry.slice(0, 200) });
}

function translate({ error, cause, file }: { error: unknown; cause: unknown; file: string }): unknown {
  if (MedRoundsError.is(error)) return error;
  const told = [error, cause].map((value) => writeError(value, file)).find(MedRoundsError.is);
  if (told) return told;
  return new MedRoundsError("archive-broken", "The archive is damaged or incomplete.", {}, { cause });
}
