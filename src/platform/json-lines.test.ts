import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JsonLine, readJsonLines } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array): Promise<JsonLine[]> {
  const file = join(folder, name);
  await writeFile(file, content);
  return Array.fromAsync(readJsonLines(file));
}

describe("readJsonLines", () => {
  it("gives each object with its line number and passes over empty lines", async () => {
    const lines = await read("a.jsonl", '{"a":1}\n\n \r\n{"a":2}');
    expect(lines.map(({ line, ...rest }) => [line, rest.type === "object" ? rest.value : null])).toEqual([
      [1, { a: 1 }],
      [4, { a: 2 }],
    ]);
  });

  it("refuses a line that is not a JSON object and goes on", async () => {
    const lines = await read(
      "b.jsonl",
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a, ...Buffer.from('[1]\nx\n{"a":1}\n')]),
    );
    expect(lines.map((line) => line.type)).toEqual(["refused", "refused", "refused", "object"]);
    expect(lines[1]).toMatchObject({ line: 2, failure: { code: "row-not-json" } });
  });

  it("refuses a line over 16 MB without keeping it, and goes on", async () => {
    const lines = await read("c.jsonl", `{"a":"${"x".repeat(17 * 1024 * 1024)}"}\n{"a":1}\n`);
    expect(lines).toMatchObject([{ failure: { code: "row-too-long" } }, { type: "object" }]);
  });

  it("reads what stands before the damage of a gzipped file, then says that it is damaged", async () => {
    const whole = gzipSync(
      Array.from({ length: 9000 }, (_, id) => JSON.stringify({ id, r: Math.sin(id) })).join("\n"),
    );
    const file = join(folder, "d.jsonl.gz");
    await writeFile(file, whole.subarray(0, whole.length - 20_000));
    let seen = 0;
    const all = (async () => {
      for await (const _ of readJsonLines(file)) seen++;
    })();
    await expect(all).rejects.toMatchObject({ code: "file-compression-broken" });
    expect(seen).toBeGreaterThan(1000);
  });

  it("stops at a gzip bomb", async () => {
    const file = join(folder, "e.jsonl.gz");
    await writeFile(file, gzipSync(Buffer.alloc(100 * 1024 * 1024)));
    const all = Array.fromAsync(readJsonLines(file));
    await expect(all).rejects.toMatchObject({ code: "file-expands-too-far" });
  });

  it("tells line by line how far it is, though it reads in large pieces", async () => {
    const lines = await read("g.jsonl", '{"a":1}\n{"a":2}\n{"a":3}\n');
    expect(lines.map(({ bytes }) => bytes)).toEqual([8, 16, 24]);
  });

  it("reads back any objects that were written, wherever chunks are cut", async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(objects, async (values) => {
        const lines = await read("f.jsonl", values.map((value) => JSON.stringify(value)).join("\n"));
        const texts = lines.map((line) => JSON.stringify(line.type === "object" ? line.value : null));
        expect(texts).toEqual(values.map((value) => JSON.stringify(JSON.parse(JSON.stringify(value)))));
      }),
      { numRuns: 30 },
    );
  });
});
