import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CaseEntry } from "#imaging";
import { parseJson, writeError } from "#platform";

const headerSchema = z.object({
  schema: z.literal(1),
  /** The versions of all that the entries were made of. */
  key: z.string(),
  cases: z.int().nonnegative(),
  /** Bytes of the entries without their vectors, as JSON. */
  textBytes: z.int().nonnegative(),
  /** Of the vectors: descriptor, fingerprint, projected, then the encoders'. Each has a section of float32 numbers behind the text. */
  dimensions: z.array(z.int().nonnegative()).min(3),
});

/** Bytes at the file's begin that are kept for the header. */
const headerBytes = 4_096;
const rowsAtOnce = 1_024;
const fileName = "cases.snapshot";

/** An entry with its vector by the fit, which takes long to compute. */
export type ProjectedEntry = CaseEntry & { projected: Float32Array };

type Place = { folder: string };

/**
 * The entries of a library as they were written with this key; undefined where there are none, others, or damaged ones. Reading them
 * takes a small part of the time that making them from the tables does.
 */
export async function readCaseSnapshot(
  { folder }: Place,
  key: string,
): Promise<ProjectedEntry[] | undefined> {
  try {
    await using file = await open(join(folder, fileName));
    const header = headerSchema.parse(parseJson((await readBytes(file, 0, headerBytes)).toString()));
    const { cases, textBytes, dimensions } = header;
    if (header.key !== key) return undefined;
    const text = await readBytes(file, headerBytes, textBytes);
    const entries = JSON.parse(text.toString()) as Omit<ProjectedEntry, VectorField>[];
    if (entries.length !== cases) return undefined;
    let position = headerBytes + textBytes;
    const columns: Float32Array[] = [];
    for (const dimension of dimensions) {
      const bytes = await readBytes(file, position, 4 * dimension * cases);
      position += bytes.length;
      columns.push(new Float32Array(bytes.buffer));
    }
    return entries.map((entry, index) => {
      const vectors = columns.map((numbers, column) => {
        const dimension = dimensions[column] ?? 0;
        return numbers.subarray(index * dimension, (index + 1) * dimension);
      });
      return { ...entry, ...fieldsOf(vectors) };
    });
  } catch {
    return undefined;
  }
}

type VectorField = "descriptor" | "fingerprint" | "projected" | "encoded";

const none = new Float32Array();

function fieldsOf([descriptor = none, fingerprint = none, projected = none, ...encoded]: Float32Array[]) {
  // A unit vector is not zero: such a place stands for none.
  const given = encoded.map((vector) => (vector.some((value) => value !== 0) ? vector : undefined));
  return { descriptor, fingerprint, projected, encoded: given };
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
 * Writes the entries of a library beside its tables, whole or not at all, for the next who reads them. `isCurrent` is asked before
 * they get their name and when they have it: where the library has changed meanwhile they are taken away, so that nothing of a removed
 * case stays. Throws `path-unwritable` and `disk-full`.
 */
export async function writeCaseSnapshot(
  { folder }: Place,
  written: { key: string; entries: readonly ProjectedEntry[]; isCurrent: () => Promise<boolean> },
): Promise<void> {
  const place = join(folder, fileName);
  const temporary = `${place}.${randomUUID()}.part`;
  try {
    await writeEntries(temporary, written);
    if (await written.isCurrent()) await rename(temporary, place);
  } catch (error) {
    throw writeError(error, place);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  if (!(await written.isCurrent())) await dropCaseSnapshot({ folder });
}

async function writeEntries(
  path: string,
  { key, entries }: { key: string; entries: readonly ProjectedEntry[] },
): Promise<void> {
  const rest = entries.map(({ descriptor, fingerprint, projected, encoded, ...entry }) => entry);
  const text = Buffer.from(JSON.stringify(rest));
  const readers = [
    (entry: ProjectedEntry) => entry.descriptor,
    (entry: ProjectedEntry) => entry.fingerprint,
    (entry: ProjectedEntry) => entry.projected,
    ...(entries[0]?.encoded ?? []).map((_, index) => (entry: ProjectedEntry) => entry.encoded[index]),
  ];
  const dimensions = readers.map((read) => entries.map(read).find((vector) => vector)?.length ?? 0);
  const header = { schema: 1, key, cases: entries.length, textBytes: text.length, dimensions };
  await using file = await open(path, "wx");
  await file.writeFile(JSON.stringify(header).padEnd(headerBytes));
  await file.writeFile(text);
  for (const [column, read] of readers.entries()) {
    const dimension = dimensions[column] ?? 0;
    for (let start = 0; start < entries.length; start += rowsAtOnce) {
      const some = entries.slice(start, start + rowsAtOnce);
      const numbers = new Float32Array(some.length * dimension);
      for (const [index, entry] of some.entries()) numbers.set(read(entry) ?? none, index * dimension);
      await file.writeFile(new Uint8Array(numbers.buffer));
    }
  }
}

/** Takes away the entries that were written, and what interrupted writes left. Throws `path-unwritable`. */
export async function dropCaseSnapshot({ folder }: Place): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(fileName)) continue;
    const file = join(folder, name);
    await rm(file, { force: true }).catch((error: unknown) => {
      throw writeError(error, file);
    });
  }
}
