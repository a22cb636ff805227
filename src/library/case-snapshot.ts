import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CaseEntry } from "#imaging";
import { parseJson, writeError } from "#platform";

/** What all cases of a snapshot have as many numbers of, in the order of the file. */
const sections = ["descriptor", "fingerprint", "projected"] as const;

const headerSchema = z.object({
  schema: z.literal(1),
  /** The versions of all that the entries were made of. */
  key: z.string(),
  cases: z.int().nonnegative(),
  /** Bytes of the entries without their vectors, as JSON, which follow the header; then come the sections, float32. */
  textBytes: z.int().nonnegative(),
  dimensions: z.record(z.string(), z.int().nonnegative()),
});

/** Bytes at the file's begin that are kept for the header. */
const headerBytes = 4_096;
const rowsAtOnce = 1_024;
const fileName = "cases.snapshot";

/** An entry with its vector by the fit, which is what takes long to compute. */
export type ProjectedEntry = CaseEntry & { projected: Float32Array };

/**
 * The entries of a library as they were written with this key; undefined where there are none, others, or damaged ones. Reading them
 * takes a small part of the time that making them from the tables does. They carry no vectors of encoders.
 */
export async function readCaseSnapshot(
  { folder }: { folder: string },
  key: string,
): Promise<ProjectedEntry[] | undefined> {
  try {
    await using file = await open(join(folder, fileName));
    const header = headerSchema.parse(parseJson((await readBytes(file, 0, headerBytes)).toString().trimEnd()));
    if (header.key !== key) return undefined;
    const { cases, textBytes, dimensions } = header;
    const text = await readBytes(file, headerBytes, textBytes);
    const entries = JSON.parse(text.toString()) as ProjectedEntry[];
    let position = headerBytes + textBytes;
    for (const section of sections) {
      const dimension = dimensions[section] ?? 0;
      const bytes = await readBytes(file, position, 4 * dimension * cases);
      position += bytes.length;
      const numbers = new Float32Array(bytes.buffer);
      for (const [index, entry] of entries.entries()) {
        entry[section] = numbers.subarray(index * dimension, (index + 1) * dimension);
      }
    }
    return entries.length === cases ? entries : undefined;
  } catch {
    return undefined;
  }
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error("The snapshot ends too early.");
    done += bytesRead;
  }
  return bytes;
}

/**
 * Writes the entries of a library beside its tables, whole or not at all, for the next who reads them. `isCurrent` is asked when they
 * are there: where the library has changed meanwhile they are taken away, so that nothing of a removed case stays. Throws
 * `path-unwritable` and `disk-full`.
 */
export async function writeCaseSnapshot(request: {
  folder: string;
  key: string;
  entries: readonly ProjectedEntry[];
  isCurrent: () => Promise<boolean>;
}): Promise<void> {
  const { folder, key, entries, isCurrent } = request;
  const place = join(folder, fileName);
  const temporary = `${place}.${randomUUID()}.part`;
  try {
    await writeEntries(temporary, key, entries);
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(error, place);
  }
  if (!(await isCurrent())) await dropCaseSnapshot({ folder });
}

async function writeEntries(path: string, key: string, entries: readonly ProjectedEntry[]): Promise<void> {
  const text = Buffer.from(
    JSON.stringify(
      entries.map(({ descriptor: _d, fingerprint: _f, projected: _p, encoded: _e, ...rest }) => ({
        ...rest,
        encoded: [],
      })),
    ),
  );
  const dimensions = Object.fromEntries(sections.map((section) => [section, entries[0]?.[section].length ?? 0]));
  const header = { schema: 1, key, cases: entries.length, textBytes: text.length, dimensions };
  await using file = await open(path, "wx");
  await file.writeFile(JSON.stringify(header).padEnd(headerBytes));
  await file.writeFile(text);
  for (const section of sections) {
    for (let start = 0; start < entries.length; start += rowsAtOnce) {
      const vectors = entries.slice(start, start + rowsAtOnce).map((entry) => entry[section]);
      await file.writeFile(Buffer.concat(vectors.map((vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))));
    }
  }
}

/** Takes away the entries that were written, and what interrupted writes left. Throws `path-unwritable`. */
export async function dropCaseSnapshot({ folder }: { folder: string }): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(fileName)) continue;
    const file = join(folder, name);
    await rm(file, { force: true }).catch((error: unknown) => {
      throw writeError(error, file);
    });
  }
}
