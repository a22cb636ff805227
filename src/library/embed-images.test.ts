import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { meanEncoder } from "../../test/support/mean-encoder.ts";
import {
  addToLibrary,
  embedImages,
  type Library,
  libraryEntries,
  openLibrary,
  readLibraryStatus,
  removeEmbedder,
  removeFromLibrary,
} from "./index.ts";

let folder: string;
let library: Library;
const source = "means:";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-embed-images-"));
  library = await open();
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const open = () =>
  openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });

async function add(cases: Record<string, string>): Promise<void> {
  const files = join(folder, "files");
  await mkdir(files, { recursive: true });
  const rows = [];
  for (const [id, background] of Object.entries(cases)) {
    await sharp({ create: { width: 20, height: 20, channels: 3, background } })
      .png()
      .toFile(join(files, `${id}.png`));
    rows.push(JSON.stringify({ id, file: `${id}.png`, labels: ["Mass"] }));
  }
  await writeFile(join(files, "manifest.jsonl"), rows.join("\n"));
  await addToLibrary({ library, paths: [files], corpus: "tiles", replace: true });
}

const embed = (options: Partial<Parameters<typeof embedImages>[0]> = {}) =>
  embedImages({ library, encoder: meanEncoder(), source, ...options });
/** The first number of each case's vector, by id: the share of red. */
async function reds(): Promise<Record<string, number | undefined>> {
  const entries = await Array.fromAsync(libraryEntries(library));
  const pairs = entries.map(({ id, encoded }) => [id, encoded[0] && Math.round(10 * (encoded[0][0] ?? 0))]);
  return Object.fromEntries(pairs.toSorted());
}

describe("embedding a library's images", () => {
  it("gives every case a vector and names the encoder, so that the library opens with both", async () => {
    await add({ a: "#ff0000", b: "#0000ff" });
    const report = await embed({ encoder: meanEncoder({ texts: true }) });
    expect(report).toMatchObject({ embedder: "means", dimension: 4, embedded: 2, interrupted: false });
    library[Symbol.dispose]();
    library = await open();
    expect(library.imageVectors.map(({ embedder }) => embedder)).toMatchObject([
      { id: "means", source, texts: true, collection: expect.stringMatching(/^case_vectors_\w{16}$/) },
    ]);
    expect(await reds()).toEqual({ "tiles/a": 10, "tiles/b": 0 });
    expect(await readLibraryStatus(library)).toMatchObject({
      imageEncoders: [{ source, dimension: 4, vectors: 2, texts: true }],
    });
  });

  it("embeds only what is new or has another image when it is run again, and removes what has gone", async () => {
    await add({ a: "#ff0000", b: "#0000ff", c: "#00ff00" });
    await embed();
    await add({ a: "#0000fe", d: "#ff0000" });
    expect(await reds()).toMatchObject({ "tiles/a": undefined, "tiles/d": undefined });
    await library.cases.remove({ type: "equals", column: "id", value: "tiles/c" });
    const encoder = meanEncoder();
    expect(await embed({ encoder })).toMatchObject({ embedded: 2, unchanged: 1, removed: 1 });
    expect(encoder.embedded.images).toBe(2);
    expect(await reds()).toEqual({ "tiles/a": 0, "tiles/b": 0, "tiles/d": 10 });
  });

  it("leaves out a case whose image has gone and tells it, and stops for no other", async () => {
    await add({ a: "#ff0000", b: "#0000ff" });
    const images = await readdir(join(folder, "library/images"), { recursive: true });
    const [image = ""] = images.filter((name) => name.endsWith(".png"));
    await rm(join(folder, "library/images", image));
    const report = await embed();
    expect(report.unreadable).toHaveLength(1);
    expect(report).toMatchObject({ embedded: 1, unchanged: 0 });
    expect(await embed()).toMatchObject({ embedded: 0, unchanged: 1, unreadable: report.unreadable });
  });

  it("keeps what it made when it is stopped, and goes on from there", async () => {
    await add(
      Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`n${index}`, `rgb(${index},9,9)`])),
    );
    const stop = new AbortController();
    const stopped = await embed({ signal: stop.signal, onProgress: () => stop.abort() });
    expect(stopped).toMatchObject({ interrupted: true, embedded: 64 });
    const shares: number[] = [];
    const rest = await embed({ onProgress: ({ share }) => shares.push(share) });
    expect(rest).toMatchObject({ interrupted: false, embedded: 6, unchanged: 64 });
    expect(shares.at(-1)).toBe(1);
  });

  it("refuses a source that gives other vectors than before, and with replace makes all anew", async () => {
    await add({ a: "#ff0000" });
    await embed();
    const encoder = meanEncoder({ seed: 1 });
    await expect(embed({ encoder })).rejects.toMatchObject({
      code: "embedder-mismatch",
      message: expect.stringContaining("images"),
    });
    expect(await embed({ encoder, replace: true })).toMatchObject({ embedded: 1 });
    expect(library.imageVectors.map(({ embedder }) => embedder.fingerprint)).toEqual([encoder.fingerprint]);
  });

  it("keeps several encoders beside each other, in an order that stays", async () => {
    await add({ a: "#ff0000" });
    await embed();
    await embed({ encoder: meanEncoder({ id: "turned", seed: 1 }), source: "turned:" });
    const [entry] = await Array.fromAsync(libraryEntries(library));
    expect(entry?.encoded.map((vector) => vector?.[0])).toEqual([expect.closeTo(1, 3), 0]);
  });
});

describe("what an encoder made", () => {
  it("leaves with its cases, and no byte of it stays", async () => {
    await add({ a: "#ff0000", b: "#0000ff" });
    await embed();
    const removal = await removeFromLibrary({ library, target: { ids: ["tiles/a"] } });
    expect(removal).toMatchObject({ cases: 1, vectors: 1 });
    expect(await reds()).toEqual({ "tiles/b": 0 });
    expect(await filesHolding("tiles/a")).toEqual([]);
  });

  it("leaves with the encoder, and no byte of it stays", async () => {
    await add({ a: "#ff0000", b: "#0000ff" });
    await embed();
    const tables = await filesHolding("tiles/a");
    expect(tables.some((file) => file.includes("case_vectors_"))).toBe(true);
    expect(await removeEmbedder(library, source)).toEqual({ embedder: "means", vectors: 2 });
    expect(library.imageVectors).toEqual([]);
    const left = await filesHolding("tiles/a");
    expect(left.some((file) => file.includes("case_vectors_"))).toBe(false);
    expect(await reds()).toEqual({ "tiles/a": undefined, "tiles/b": undefined });
  });
});

async function filesHolding(text: string): Promise<string[]> {
  const entries = await readdir(join(folder, "library"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
  return files.filter((_, index) => held[index]);
}
