import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Collection, openLanceStore, type Store } from "#store";
import {
  caseCollection,
  caseRow,
  decodeImage,
  builtInDescriptor as embedder,
  searchCasesByImage,
} from "./index.ts";
import { storedImage } from "./stored-image.ts";
import { softShapes } from "./test-images.ts";

let folder: string;
let store: Store;
let collection: Collection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-copies-"));
  store = await openLanceStore(folder);
  collection = await store.open(caseCollection(embedder.dimension));
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const decode = (bytes: Uint8Array) => decodeImage(bytes, { name: "picture" });

async function put(id: string, bytes: Uint8Array, patientId?: string): Promise<void> {
  const image = await decode(bytes);
  const found = {
    ...{ id, corpus: "x", image: "", width: image.width, height: image.height },
    ...{ labels: [], text: "", notes: [], metadata: {} },
    ...(patientId === undefined ? {} : { patientId }),
  };
  await collection.insert([caseRow({ case: found, contentHash: id, image, embedder })]);
}

async function search(bytes: Uint8Array) {
  const found = await searchCasesByImage({ collection, embedder, images: [await decode(bytes)], top: 10 });
  return { ...found, ids: found.hits.map((hit) => hit.case.id).sort() };
}

const picture = (seed: number) => softShapes(seed).png().toBuffer();

describe("the search with a copy of an image that the library has", () => {
  beforeEach(async () => {
    await put("itself", await picture(1), "p");
    await put("same patient", await picture(2), "p");
    await put("other patient", await picture(3), "q");
    await put("unknown patient", await picture(4));
  });

  it.each([
    ["encoded again", () => softShapes(1).jpeg({ quality: 70 })],
    ["halved", () => softShapes(1).resize(100).png()],
    ["doubled", () => softShapes(1).resize(400).png()],
  ])("leaves out the image and its patient when the copy is %s", async (_, copy) => {
    const found = await search(await copy().toBuffer());
    expect(found.ids).toEqual(["other patient", "unknown patient"]);
    expect(found.excluded).toEqual({ sameImage: 1, samePatient: 1, sameSlide: 0 });
    expect(found.searched).toBe(2);
  });

  it("leaves them out when it is what the library keeps of a JPEG with metadata", async () => {
    const file = await softShapes(5)
      .jpeg()
      .withExif({ IFD0: { Artist: "someone" } })
      .toBuffer();
    await put("with metadata", file, "q");
    const { bytes } = await storedImage(file, await decode(file));
    expect(Buffer.from(bytes).equals(file)).toBe(false);
    const found = await search(bytes);
    expect(found.ids).toEqual(["itself", "same patient", "unknown patient"]);
    expect(found.excluded).toEqual({ sameImage: 1, samePatient: 1, sameSlide: 0 });
  });

  it("leaves out every copy, however many there are", async () => {
    const image = await decode(await picture(6));
    const rows = Array.from({ length: 130 }, (_, n) => {
      const found = { id: `copy ${n}`, corpus: "x", image: "", width: 200, height: 200 };
      const unsaid = { labels: [], text: "", notes: [], metadata: {} };
      return caseRow({ case: { ...found, ...unsaid }, contentHash: `${n}`, image, embedder });
    });
    await collection.insert(rows);
    const found = await search(await softShapes(6).jpeg().toBuffer());
    expect(found.excluded.sameImage).toBe(130);
    expect(found.ids).toEqual(["itself", "other patient", "same patient", "unknown patient"]);
  });

  it("takes no two flat images for one picture", async () => {
    const flat = (shade: number) => softShapes(1).linear(0, shade).png().toBuffer();
    await put("gray", await flat(90), "r");
    expect((await search(await flat(160))).ids).toContain("gray");
    expect((await search(await flat(90))).ids).not.toContain("gray");
  });

  it("gives the cosine of the descriptors as the score", async () => {
    const [a, b] = [await decode(await picture(1)), await decode(await picture(3))];
    const [first, second] = [embedder.embed(a), embedder.embed(b)];
    const expected = first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0);
    const { hits } = await search(await picture(1));
    expect(hits.find((hit) => hit.case.id === "other patient")?.score).toBeCloseTo(expected, 5);
  });
});
