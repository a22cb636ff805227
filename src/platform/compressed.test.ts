import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPieces, uncompressedName } from "./compressed.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-compressed-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: Uint8Array): Promise<{ text: string; code?: unknown }> {
  await writeFile(join(folder, name), content);
  let text = "";
  try {
    for await (const { data } of readPieces(join(folder, name))) text += data.toString("latin1", 0, 1_000);
    return { text };
  } catch (error) {
    return { text, code: (error as { code?: unknown }).code };
  }
}

const unlike = Buffer.from(Array.from({ length: 300_000 }, (_, index) => Math.sin(index) * 1e9));

describe.each([
  ["gz", gzipSync],
  ["zst", zstdCompressSync],
] as const)("a .%s file", (ending, compress) => {
  const name = `a.txt.${ending}`;

  it("is unpacked, whatever the case of its ending, also where it is several archives in a row", async () => {
    const two = Buffer.concat([compress(Buffer.from("One. ")), compress(Buffer.from("Two."))]);
    expect(await read(name, two)).toEqual({ text: "One. Two." });
    expect(await read(`B.TXT.${ending.toUpperCase()}`, two)).toEqual({ text: "One. Two." });
  });

  it("gives what stands before its damage, then says that it is damaged", async () => {
    const whole = compress(unlike);
    const cut = await read(name, whole.subarray(0, whole.length - 1_000));
    expect(cut.code).toBe("file-compression-broken");
    expect(cut.text.length).toBeGreaterThan(0);
    expect(await read(name, Buffer.from("no archive at all"))).toEqual({
      text: "",
      code: "file-compression-broken",
    });
    expect((await read(name, Buffer.alloc(0))).code).toBe("file-compression-broken");
  });

  it("is left where it expands too far", async () => {
    const bomb = compress(Buffer.alloc(100 * 1024 * 1024));
    expect((await read(name, bomb)).code).toBe("file-expands-too-far");
  });
});

describe("a file", () => {
  it("is read as it is where its name says nothing of compression", async () => {
    expect(await read("a.txt", Buffer.from("One."))).toEqual({ text: "One." });
    expect(await read("gz", Buffer.from("One."))).toEqual({ text: "One." });
  });

  it("that is not there is the system's error", async () => {
    const pieces = readPieces(join(folder, "gone.gz"));
    await expect(pieces.next()).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("has the name that it has uncompressed", () => {
    expect(["a.tsv.gz", "a.tsv.ZST", "a.tsv", "gz"].map(uncompressedName)).toEqual([
      "a.tsv",
      "a.tsv",
      "a.tsv",
      "gz",
    ]);
  });
});
