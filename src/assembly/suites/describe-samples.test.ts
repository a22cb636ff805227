import { mkdtempDisposable, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Sample } from "#evaluation";
import { builtInDescriptor, decodeImage } from "#imaging";
import { sha256 } from "#platform";
import { drawnCases, writeDrawnCases } from "../../../test/support/drawn-cases.ts";
import { describeSamples } from "./describe-samples.ts";

/** Samples of drawn images, two with the same one; `read` counts. */
async function drawSamples(folder: string, read: (id: string) => void): Promise<Sample[]> {
  const cases = drawnCases(3);
  await writeDrawnCases(folder, cases);
  const files = [...cases.map(({ file }) => file), cases[0]!.file];
  return Promise.all(
    files.map(async (file, index) => {
      const id = `sample-${index}`;
      const bytes = new Uint8Array(await readFile(join(folder, file)));
      const image = {
        name: file,
        sha256: sha256(bytes),
        async read() {
          read(id);
          return bytes;
        },
      };
      return {
        ...{ id, sourceId: id, question: "Which?", options: [], images: [image], patient: "", slide: "" },
        ...{ gold: { type: "text", texts: ["x"] }, group: id, tags: {} },
      } satisfies Sample;
    }),
  );
}

it("describes each image once, as the descriptor does, and knows who shows the same", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "medrounds-describe-"));
  const read: string[] = [];
  const samples = await drawSamples(join(folder.path, "data"), (id) => read.push(id));
  const seen: string[] = [];
  const { vectors, relations } = await describeSamples(samples, {
    folder: folder.path,
    onProgress: ({ done, of }) => seen.push(`${done}/${of}`),
  });
  expect(read).toHaveLength(6);
  expect(seen).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  expect(relations("sample-6")).toContain("sample-0");
  const bytes = await samples[2]!.images[0]!.read();
  const expected = builtInDescriptor.embed(await decodeImage(bytes, { name: "image" }));
  expect(vectors.get("sample-2")).toEqual(expected);
});

it("reads no image again whose description is kept in the folder", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "medrounds-describe-"));
  const read: string[] = [];
  const samples = await drawSamples(join(folder.path, "data"), (id) => read.push(id));
  const first = await describeSamples(samples.slice(0, 4), { folder: folder.path });
  expect(await readdir(folder.path)).toContainEqual(expect.stringMatching(/^descriptions-.*\.vectors$/));
  read.length = 0;
  const second = await describeSamples(samples, { folder: folder.path });
  expect(read.toSorted()).toEqual(["sample-4", "sample-5"]);
  for (const [id, vector] of first.vectors) expect(second.vectors.get(id)).toEqual(vector);
  expect(second.relations("sample-6")).toEqual(first.relations("sample-0").concat("sample-6"));
});

it("passes over what can't be read, and ends with the signal's reason", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "medrounds-describe-"));
  const samples = await drawSamples(join(folder.path, "data"), () => {});
  const [image] = samples[1]!.images;
  const broken = {
    ...samples[1]!,
    images: [{ ...image!, sha256: "ab".repeat(32), read: async () => new Uint8Array([1]) }],
  };
  const { vectors } = await describeSamples([samples[0]!, broken]);
  expect([...vectors.keys()]).toEqual(["sample-0"]);
  const stopping = new AbortController();
  const describing = { signal: stopping.signal, onProgress: () => stopping.abort(new Error("enough")) };
  await expect(describeSamples(samples, describing)).rejects.toThrow("enough");
});
