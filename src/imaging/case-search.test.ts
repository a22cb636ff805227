import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Case } from "#contracts";
import { type Collection, openLanceStore, type Store } from "#store";
import {
  caseCollection,
  caseRow,
  type DecodedImage,
  type ImageEmbedder,
  searchCasesByImage,
  searchCasesByText,
} from "./index.ts";

/** Describes an image by two numbers that stand in its pixel hash, so that a test can place it by hand. */
const embedder: ImageEmbedder = {
  id: "by-hand",
  dimension: 2,
  preprocessingHash: "none",
  unlikeBelow: -1,
  embed: ({ pixelHash }) => {
    const angle = Number(pixelHash);
    return new Float32Array([Math.cos(angle), Math.sin(angle)]);
  },
};

const image = (angle: number): DecodedImage => ({
  raster: { width: 1, height: 1, channels: 1, data: new Uint8Array(1) },
  width: 1,
  height: 1,
  color: "gray",
  mediaType: "image/png",
  notes: [],
  pixelHash: String(angle),
});

describe("the search for similar cases", () => {
  let folder: string;
  let store: Store;
  let collection: Collection;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "medrounds-cases-"));
    store = await openLanceStore(folder);
    collection = await store.open(caseCollection(embedder.dimension));
  });
  afterEach(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });

  const put = (id: string, angle: number, more: Partial<Case> = {}) => {
    const item: Case = {
      id,
      corpus: "x",
      image: "",
      width: 1,
      height: 1,
      labels: [],
      text: "",
      notes: [],
      metadata: {},
      ...more,
    };
    return collection.insert([caseRow({ case: item, contentHash: id, image: image(angle), embedder })]);
  };
  const search = (angles: number[], more: { patientIds?: string[]; slideId?: string } = {}) =>
    searchCasesByImage({ collection, embedder, images: angles.map(image), top: 10, ...more });
  const ids = ({ hits }: Awaited<ReturnType<typeof search>>) => hits.map((hit) => hit.case.id);

  it("ranks by similarity", async () => {
    for (const [id, angle] of [
      ["far", 1],
      ["near", 0.1],
      ["middle", 0.5],
    ] as const)
      await put(id, angle);
    const found = await search([0]);
    expect(ids(found)).toEqual(["near", "middle", "far"]);
    expect(found.hits[0]?.score).toBeCloseTo(Math.cos(0.1), 5);
  });

  it("leaves out the image itself, and with it all of the patient the library knows it by", async () => {
    await put("itself", 0, { patientId: "p" });
    await put("same patient", 0.1, { patientId: "p" });
    await put("other", 0.2, { patientId: "q" });
    const found = await search([0]);
    expect(ids(found)).toEqual(["other"]);
    expect(found.excluded).toEqual({ sameImage: 1, samePatient: 1, sameSlide: 0 });
    expect(found.searched).toBe(1);
  });

  it("leaves out the patient and the slide that the question names, and counts each case once", async () => {
    await put("patient", 0.1, { patientId: "p", slideId: "s" });
    await put("slide", 0.2, { slideId: "s" });
    await put("other", 0.3, { patientId: "P", slideId: "S" });
    const found = await search([0], { patientIds: ["p"], slideId: "s" });
    expect(ids(found)).toEqual(["other"]);
    expect(found.excluded).toEqual({ sameImage: 0, samePatient: 1, sameSlide: 1 });
  });

  it("reads the ids that the question names as it reads those of rows", async () => {
    await put("patient", 0.1, { patientId: "p" });
    await put("other", 0.2);
    expect(ids(await search([0], { patientIds: ["none", " p "] }))).toEqual(["other"]);
    expect(ids(await search([0], { patientIds: ["?"], slideId: "unknown" }))).toEqual(["patient", "other"]);
  });

  it("never takes an unknown patient for another unknown one", async () => {
    await put("itself", 0);
    await put("unknown too", 0.1);
    expect(ids(await search([0]))).toEqual(["unknown too"]);
  });

  it("treats several images as one question: a case counts by its best view, and comes once", async () => {
    await put("like the first", 0.05);
    await put("like the second", 1.51);
    await put("between", 0.8);
    const found = await search([0, 1.5]);
    expect(ids(found)).toEqual(["like the second", "like the first", "between"]);
  });

  it("finds cases by the words of their present and uncertain labels and their text, not by what they deny", async () => {
    await put("a", 1, { labels: [{ name: "Pneumothorax", status: "present" }] });
    await put("b", 1.1, { labels: [{ name: "Pneumothorax", status: "absent" }], text: "Clear lungs." });
    const by = async (query: string) =>
      (await searchCasesByText({ collection, query, top: 5 })).map((hit) => hit.case.id);
    expect(await by("pneumothorax")).toEqual(["a"]);
    expect(await by("lungs")).toEqual(["b"]);
  });
});
