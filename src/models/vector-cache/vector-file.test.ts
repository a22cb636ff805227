import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKeyIndex } from "./key-index.ts";
import { openVectorFile } from "./vector-file.ts";

const size = 32 + 3 * 4 + 8;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-vectors-"));
});
afterAll(() => rm(folder, { recursive: true }));

function entryOf(number: number) {
  return {
    key: createHash("sha256").update(String(number)).digest(),
    vector: Float32Array.of(number, number / 2, -number),
  };
}

function entriesOf(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => entryOf(from + index));
}

async function readNumbers(file: Awaited<ReturnType<typeof openVectorFile>>, numbers: readonly number[]) {
  const vectors = await file.read(numbers.map((number) => entryOf(number).key));
  return vectors.map((vector) => vector?.[0]);
}

describe("a file of vectors", () => {
  it("gives back what was appended, now and when it is opened again, in any order", async () => {
    const path = join(folder, "again.vectors");
    const numbers = Array.from({ length: 3_000 }, (_, index) => (index * 7) % 3_000);
    {
      await using file = await openVectorFile(path, 3);
      await Promise.all([file.append(entriesOf(1_000)), file.append(entriesOf(2_000, 1_000))]);
      expect(await readNumbers(file, numbers)).toEqual(numbers);
    }
    expect((await stat(path)).size).toBe(3_000 * size);
    await using file = await openVectorFile(path, 3);
    expect(await readNumbers(file, [...numbers, 5_000])).toEqual([...numbers, undefined]);
  });

  it("ignores a torn last record and writes over it", async () => {
    const path = join(folder, "torn.vectors");
    {
      await using file = await openVectorFile(path, 3);
      await file.append(entriesOf(3));
    }
    await truncate(path, 3 * size - 5);
    await using file = await openVectorFile(path, 3);
    expect(await readNumbers(file, [0, 1, 2])).toEqual([0, 1, undefined]);
    await file.append(entriesOf(2, 2));
    expect(await readNumbers(file, [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
    expect((await stat(path)).size).toBe(4 * size);
  });

  it("gives nothing of a damaged record", async () => {
    const path = join(folder, "damaged.vectors");
    await using file = await openVectorFile(path, 3);
    await file.append(entriesOf(3));
    const bytes = await readFile(path);
    bytes[size + 40] = (bytes[size + 40] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await readNumbers(file, [0, 1, 2])).toEqual([0, undefined, 2]);
  });

  it("never gives a wrong vector, whatever stands in the file", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 0, max: 5 }),
        async (noise, at) => {
          const path = join(folder, "noise.vectors");
          await rm(path, { force: true });
          {
            await using file = await openVectorFile(path, 3);
            await file.append(entriesOf(5));
          }
          await truncate(path, at * size);
          await appendFile(path, noise);
          await using file = await openVectorFile(path, 3);
          const found = await readNumbers(file, [0, 1, 2, 3, 4]);
          for (const [number, value] of found.entries()) expect([number, undefined]).toContain(value);
          expect(found.slice(0, at)).toEqual([0, 1, 2, 3, 4].slice(0, at));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("loses nothing where three processes append at once", async () => {
    const path = join(folder, "shared.vectors");
    const script = join(folder, "append.mjs");
    const source = join(import.meta.dirname, "vector-file.ts");
    await writeFile(
      script,
      `import { createHash } from "node:crypto";
       const { openVectorFile } = await import(${JSON.stringify(source)});
       const file = await openVectorFile(process.argv[2], 3);
       const from = Number(process.argv[3]);
       for (let batch = 0; batch < 20; batch++) {
         await file.append(Array.from({ length: 50 }, (_, index) => {
           const number = from + batch * 50 + index;
           const key = createHash("sha256").update(String(number)).digest();
           return { key, vector: Float32Array.of(number, number / 2, -number) };
         }));
       }
       await file[Symbol.asyncDispose]();`,
    );
    const processes = [0, 1_000, 2_000].map((from) =>
      fork(script, [path, String(from)], { execArgv: ["--conditions=medrounds-source"] }),
    );
    await using file = await openVectorFile(path, 3);
    const codes = await Promise.all(processes.map((child) => once(child, "exit")));
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
    await file.append(entriesOf(1, 3_000));
    const numbers = Array.from({ length: 3_001 }, (_, index) => index);
    expect(await readNumbers(file, numbers)).toEqual(numbers);
  });

  it("says with a code where it cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openVectorFile(join(folder, "file/x.vectors"), 3)).rejects.toMatchObject({
      code: "path-unwritable",
    });
  });
});

describe("an index of keys", () => {
  it("finds the latest record of each of many keys, and nothing else", () => {
    const index = createKeyIndex();
    const keys = entriesOf(5_000).map(({ key }) => key);
    for (const [record, key] of keys.entries()) index.add(key, record);
    index.add(keys[17] as Buffer, 9_999);
    expect(keys.map((key) => index.find(key))).toEqual(
      keys.map((_, record) => (record === 17 ? 9_999 : record)),
    );
    expect(index.find(entryOf(6_000).key)).toBeUndefined();
  });
});
