import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { writeError } from "#platform";
import { createKeyIndex } from "./key-index.ts";

const bytesOfKey = 32;
const bytesOfCheck = 8;
const recordsPerRead = 1_024;
/** Reading over so many records that are not wanted is faster than another read. */
const recordsBetween = 8;
/** A writing process fills a record faster; what is torn for longer is left from one that died. */
const tornAfterMilliseconds = 100;

/** Vectors of one dimension by keys of 32 bytes, kept in a file. */
export type VectorFile = AsyncDisposable & {
  /** The vector of each key; undefined where there is none, or where its record is damaged. */
  read(keys: readonly Uint8Array[]): Promise<(Float32Array | undefined)[]>;
  append(entries: readonly { key: Uint8Array; vector: Float32Array }[]): Promise<void>;
};

/**
 * Opens or makes a file of records of equal size: key, vector (32-bit floats, little-endian), and the first 8 bytes of the SHA-256 of
 * both. Several processes may append: every append is one write at the end, after which the new part is read to learn where its
 * records are. What an interrupted write left at the end is cut off. No vector is held in memory.
 * @throws MedRoundsError `path-unwritable`, `disk-full`
 */
export async function openVectorFile(file: string, dimension: number): Promise<VectorFile> {
  const size = bytesOfKey + dimension * 4 + bytesOfCheck;
  const index = createKeyIndex();
  let known = 0;
  let queue: Promise<void> = Promise.resolve();
  const handle = await guard(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    return open(file, "a+");
  });
  const learn = async () => {
    const chunk = Buffer.alloc(size * recordsPerRead);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, known * size);
      const records = Math.floor(bytesRead / size);
      for (let record = 0; record < records; record++) {
        index.add(chunk.subarray(record * size, record * size + bytesOfKey), known + record);
      }
      known += records;
      if (records < recordsPerRead) return;
    }
  };
  await learn();
  return {
    async read(keys) {
      const vectors: (Float32Array | undefined)[] = keys.map(() => undefined);
      const wanted = keys
        .flatMap((key, place) => {
          const record = index.find(key);
          return record === undefined ? [] : [{ key, place, record }];
        })
        .sort((a, b) => a.record - b.record);
      for (const run of toRuns(wanted)) {
        const [{ record: first } = { record: 0 }] = run;
        const bytes = Buffer.alloc(size * ((run.at(-1)?.record ?? first) - first + 1));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, first * size);
        for (const { key, place, record } of run) {
          const at = (record - first) * size;
          if (at + size <= bytesRead) vectors[place] = readRecord(bytes.subarray(at, at + size), key);
        }
      }
      return vectors;
    },
    append(entries) {
      const appended = queue.then(() =>
        guard(file, async () => {
          await cutTornEnd(handle, size);
          const records = Buffer.concat(entries.map((entry) => toRecord(entry, size)));
          // One call of write(2), which others cannot write into; appendFile makes several.
          const { bytesWritten } = await handle.write(records);
          if (bytesWritten < records.length) await handle.write(records, bytesWritten);
          await learn();
        }),
      );
      queue = appended.catch(() => undefined);
      return appended;
    },
    async [Symbol.asyncDispose]() {
      await queue;
      await handle.close();
    },
  };
}

/** Wanted records in runs that lie close enough together for one read. */
function toRuns<Wanted extends { record: number }>(wanted: readonly Wanted[]): Wanted[][] {
  const runs: Wanted[][] = [];
  for (const item of wanted) {
    const run = runs.at(-1);
    const [first, last] = [run?.[0], run?.at(-1)];
    const isNear = last !== undefined && item.record - last.record <= recordsBetween;
    if (isNear && first !== undefined && item.record - first.record < recordsPerRead) run?.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** The vector of a record that is whole and of that key. */
function readRecord(record: Buffer, key: Uint8Array): Float32Array | undefined {
  const content = record.subarray(0, record.length - bytesOfCheck);
  if (!content.subarray(0, bytesOfKey).equals(key)) return undefined;
  if (!checkOf(content).equals(record.subarray(content.length))) return undefined;
  const dimension = (content.length - bytesOfKey) / 4;
  return Float32Array.from({ length: dimension }, (_, at) => content.readFloatLE(bytesOfKey + at * 4));
}

function toRecord({ key, vector }: { key: Uint8Array; vector: Float32Array }, size: number): Buffer {
  const record = Buffer.alloc(size);
  record.set(key);
  for (const [at, value] of vector.entries()) record.writeFloatLE(value, bytesOfKey + at * 4);
  record.set(checkOf(record.subarray(0, size - bytesOfCheck)), size - bytesOfCheck);
  return record;
}

function checkOf(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, bytesOfCheck);
}

async function cutTornEnd(handle: FileHandle, size: number): Promise<void> {
  const { size: before } = await handle.stat();
  if (before % size === 0) return;
  await pause(tornAfterMilliseconds);
  const { size: after } = await handle.stat();
  if (after === before) await handle.truncate(after - (after % size));
}

async function guard<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw writeError(error, file);
  }
}
