import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { meanEncoder } from "../../test/support/mean-encoder.ts";
import {
  addToLibrary,
  embedImages,
  fitLibrary,
  type Library,
  openLibrary,
  readLibraryStatus,
  readSimilarity,
  refitLibrary,
  removeFromLibrary,
} from "./index.ts";
import { lockForWriting } from "./writer-lock.ts";

let folder: string;
let library: Library;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-similarity-"));
  library = await openLibrary({ folder: join(folder, "library"), embedder: builtInDescriptor, create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const file = () => join(library.folder, "similarity.json");
const content = () => readFile(file(), "utf8").catch(() => "");

/** Adds cases with pictures of their own, of two classes, by their numbers. */
async function add(
  numbers: readonly number[],
  options: { replace?: boolean; shade?: number } = {},
): Promise<void> {
  const files = join(folder, "files");
  await rm(files, { recursive: true, force: true });
  await mkdir(files);
  const rows = [];
  for (const number of numbers) {
    const data = Uint8Array.from(
      { length: 32 * 32 },
      (_, at) => (at * (number + 3) + (options.shade ?? 0)) % 251,
    );
    await sharp(data, { raw: { width: 32, height: 32, channels: 1 } })
      .png()
      .toFile(join(files, `${number}.png`));
    rows.push(
      JSON.stringify({ id: `c${number}`, file: `${number}.png`, labels: [number % 2 ? "Mass" : "Edema"] }),
    );
  }
  await writeFile(join(files, "manifest.jsonl"), rows.join("\n"));
  const report = await addToLibrary({
    library,
    paths: [files],
    corpus: "x",
    replace: options.replace ?? false,
  });
  expect(report.refused).toEqual([]);
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("how a library compares its cases", () => {
  it("is fitted when cases are added, and again when a quarter of them has come since", async () => {
    await add(range(0, 24));
    const first = await content();
    expect(await readSimilarity(library)).toMatchObject({ type: "fitted", cases: 24 });
    await add(range(24, 28));
    expect(await content()).toBe(first);
    await add(range(28, 30));
    expect(await readSimilarity(library)).toMatchObject({ type: "fitted", cases: 30 });
    expect(await content()).not.toBe(first);
  });

  it("is fitted anew after any removal, so that it keeps no trace of what was removed", async () => {
    await add(range(0, 24));
    const before = await readSimilarity(library);
    await removeFromLibrary({ library, target: { ids: ["x/c0"] } });
    const after = await readSimilarity(library);
    expect(after).toMatchObject({ type: "fitted", cases: 23 });
    expect(after.fit.version).not.toBe(before.fit.version);
    await removeFromLibrary({ library, target: { corpus: "x" } });
    expect(await content()).toBe("");
  });

  it("is fitted anew where a case takes the place of another", async () => {
    await add(range(0, 24));
    const before = await content();
    await add([0], { replace: true, shade: 9 });
    expect(await content()).not.toBe(before);
  });

  it("keeps no trace of a case that another takes the place of, even where the addition ends before it is fitted", async () => {
    await add(range(0, 24));
    const controller = new AbortController();
    const files = join(folder, "files");
    await sharp({ create: { width: 32, height: 32, channels: 3, background: "#a00" } })
      .png()
      .toFile(join(files, "0.png"));
    const report = await addToLibrary({
      library,
      paths: [files],
      corpus: "x",
      replace: true,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(report).toMatchObject({ interrupted: true, replaced: { cases: 1 } });
    expect(await content()).toBe("");
    await addToLibrary({ library, paths: [files], corpus: "x" });
    expect(await readSimilarity(library)).toMatchObject({ type: "fitted", cases: 24 });
  });

  it("is not fitted where the file holds a fit of vectors of another length", async () => {
    await add(range(0, 24));
    await embedImages({ library, encoder: meanEncoder(), source: "means:" });
    await refitLibrary(library);
    const written = JSON.parse(await content());
    const fit = JSON.parse(written.fit);
    const longer = { width: 9, dimension: 9, share: 0.5, cases: 0, map: null };
    fit.branches = [[fit.branches[0][0], longer]];
    await writeFile(file(), JSON.stringify({ ...written, fit: JSON.stringify(fit) }));
    expect(await readSimilarity(library)).toMatchObject({ type: "damaged" });
  });

  it("is not there after a removal that was ended before it was fitted, until the next one or a fit", async () => {
    await add(range(0, 24));
    const signal = AbortSignal.abort(new Error("enough"));
    const target = { ids: ["x/c0"] };
    await expect(removeFromLibrary({ library, target, signal })).rejects.toThrow("enough");
    expect(await readSimilarity(library)).toMatchObject({ type: "missing" });
    await removeFromLibrary({ library, target });
    expect(await readSimilarity(library)).toMatchObject({ type: "fitted", cases: 23 });
  });

  it("is fitted anew when an encoder came, and not used with other encoders than it was fitted with", async () => {
    await add(range(0, 24));
    await embedImages({ library, encoder: meanEncoder(), source: "means:" });
    expect(await readSimilarity(library)).toMatchObject({ type: "outdated" });
    expect(await refitLibrary(library)).toMatchObject({ cases: 24 });
    expect(await readSimilarity(library)).toMatchObject({ type: "fitted" });
    expect(await refitLibrary(library)).toBeUndefined();
  });

  it.each([
    ["nothing at all", ""],
    ["no JSON", "{"],
    ["another JSON", '{"schema":1}'],
    ["a fit that is none", '{"schema":1,"describedBy":["HASH"],"counts":[24],"fit":"{}"}'],
  ])("is not fitted where the file holds %s, and a fit makes it good", async (_what, text) => {
    await add(range(0, 24));
    const sound = await content();
    await writeFile(file(), text.replace("HASH", builtInDescriptor.preprocessingHash));
    expect(await readSimilarity(library)).toMatchObject({ type: "damaged" });
    expect(await readLibraryStatus(library)).toMatchObject({
      similarity: { state: "damaged", version: null, cases: 0 },
    });
    await fitLibrary(library);
    expect(await content()).toBe(sound);
  });

  it("waits for no other writer: it says that the library is busy", async () => {
    await using _lock = await lockForWriting(library.folder);
    await expect(fitLibrary(library)).rejects.toMatchObject({ code: "library-busy" });
  });
});
