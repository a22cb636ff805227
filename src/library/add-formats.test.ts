import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { chunkingNamed, formatNamed } from "#knowledge";
import { pdfLines, tinyPdf } from "../../test/support/tiny-pdf.ts";
import { addToLibrary, type Library, openLibrary } from "./index.ts";

let folder: string;
let files: string;
let library: Library;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "medrounds-formats-")));
  files = join(folder, "files");
  await mkdir(files);
  library = await openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const put = (name: string, content: string | Uint8Array) => writeFile(join(files, name), content);

const add = (options: Partial<Parameters<typeof addToLibrary>[0]> = {}) =>
  addToLibrary({ library, paths: [files], ...options });

async function passages(): Promise<Record<string, string[]>> {
  const rows = await library.passages.find({ filter: { type: "all", filters: [] }, columns: ["record"] });
  const byFile: Record<string, string[]> = {};
  for (const row of rows) {
    const { text, source } = JSON.parse(row.record ?? "") as { text: string; source: { file: string } };
    byFile[source.file] = [...(byFile[source.file] ?? []), text].sort();
  }
  return byFile;
}

describe("a folder of many formats", () => {
  it("is added as a whole, each file in its format, packed or not", async () => {
    await put("a.html", "<!doctype html><title>A page</title><p>From a page.</p>");
    await put("b.pdf", tinyPdf([pdfLines([["From a PDF.", 700]])]));
    await put("c.tsv.zst", zstdCompressSync(Buffer.from("1\tFrom a table.\n2\tAnd more.\n")));
    await put("d.obo.gz", gzipSync("[Term]\nid: X:1\nname: from an ontology\n"));
    await put("e.xml", "<article><body><p>From an article.</p></body></article>");
    await put("f.txt.gz", gzipSync("From a text."));
    await put("g", "%PDF-1.4 is not whole");
    const report = await add();
    expect(await passages()).toEqual({
      "a.html": ["From a page."],
      "b.pdf": ["From a PDF."],
      "c.tsv.zst": ["And more.", "From a table."],
      "d.obo.gz": ["from an ontology."],
      "e.xml": ["From an article."],
      "f.txt.gz": ["From a text."],
    });
    expect(report.refused.map(({ file, code }) => [file, code])).toEqual([["g", "file-damaged"]]);
    expect(await add()).toMatchObject({ added: { documents: 0 }, unchanged: { documents: 7 } });
  });

  it("has each bad file refused with its code, and all the good ones added", async () => {
    await put("bomb.tsv.zst", zstdCompressSync(Buffer.alloc(90_000_000, 32)));
    await put("cut.xml", "<PubmedArticleSet><PubmedArticle>");
    await put("empty.pdf", "");
    await put("headings.md", "# Only a heading");
    await put("hidden.html", "<!doctype html><p hidden>Words.</p>");
    await put("locked", gzipSync("x"));
    await put("packed.gz", Buffer.from("no archive"));
    await put("scan.pdf", tinyPdf([""]));
    await put("z.txt", "Good words.");
    const report = await add();
    expect(Object.fromEntries(report.refused.map(({ file, code }) => [file, code]))).toEqual({
      "bomb.tsv.zst": "file-expands-too-far",
      "cut.xml": "file-damaged",
      "empty.pdf": "file-empty",
      "headings.md": "file-without-text",
      "hidden.html": "file-without-text",
      "packed.gz": "file-compression-broken",
      "scan.pdf": "file-without-text",
    });
    expect(report.skipped).toEqual({ "no extension": 1 });
    expect(await passages()).toEqual({ "z.txt": ["Good words."] });
  });
});

describe("a format that is named", () => {
  it("is that of every text, whatever the files are called, but of no image", async () => {
    await put("a.dat", "1 One.");
    await put("b.md", "2 Two.");
    await put("c.png", "no image");
    const report = await add({ format: formatNamed("tsv") });
    expect(await passages()).toEqual({ "a.dat": ["One."], "b.md": ["Two."] });
    expect(report.refused.map(({ file, code }) => [file, code])).toEqual([["c.png", "image-not-image"]]);
  });

  it("adds a file that no format recognizes", async () => {
    await put("a.dat", "Words.");
    const paths = [join(files, "a.dat")];
    await expect(add({ paths })).rejects.toMatchObject({ code: "file-unsupported" });
    expect((await add({ paths, format: formatNamed("text") })).added.documents).toBe(1);
  });
});

describe("a chunking that is named", () => {
  it("cuts by its rule, and makes another content of what was cut by another", async () => {
    await put("a.txt", "The lungs are paired. ".repeat(90));
    expect((await add()).added.passages).toBe(2);
    const chunking = chunkingNamed("medrag-textbooks");
    expect((await add({ chunking })).refused).toMatchObject([{ code: "id-conflict" }]);
    expect((await add({ chunking, corpus: "overlapping" })).added.passages).toBe(3);
    expect((await add({ chunking, replace: true })).unchanged.documents).toBe(1);
    expect(() => chunkingNamed("sentences")).toThrow(/medrounds, medrag-textbooks, medrag-statpearls\./);
  });
});
