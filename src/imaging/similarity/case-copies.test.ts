import { describe, expect, it } from "vitest";
import { decodeImage } from "../decode.ts";
import { builtInDescriptor } from "../descriptor/index.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { storedImage } from "../stored-image.ts";
import { softShapes } from "../test-images.ts";
import { createCaseIndex } from "./case-index.ts";
import { caseAt } from "./test-cases.ts";

const fit = {
  version: "none",
  dimension: builtInDescriptor.dimension,
  project: ({ descriptor }: { descriptor: Float32Array }) => descriptor,
};
const decode = (bytes: Uint8Array) => decodeImage(bytes, { name: "picture" });

async function describeFile(bytes: Uint8Array) {
  const image = await decode(bytes);
  const descriptor = builtInDescriptor.embed(image);
  return { descriptor, fingerprint: fingerprintOf(image.raster), pixelHash: image.pixelHash, encoded: [] };
}

const picture = (seed: number) => softShapes(seed).png().toBuffer();
const flat = (shade: number) => softShapes(1).linear(0, shade).png().toBuffer();
const jpegWithMetadata = await softShapes(5)
  .jpeg()
  .withExif({ IFD0: { Artist: "someone" } })
  .toBuffer();
const files: [id: string, bytes: Uint8Array, patientId: string][] = [
  ["itself", await picture(1), "p"],
  ["same patient", await picture(2), "p"],
  ["other patient", await picture(3), "q"],
  ["unknown patient", await picture(4), ""],
  ["with metadata", jpegWithMetadata, "r"],
  ["gray", await flat(90), ""],
];
const described = files.map(async ([id, bytes, patientId]) =>
  caseAt(id, { vector: new Float32Array(1), patientId, ...(await describeFile(bytes)) }),
);
const index = await createCaseIndex({ entries: await Promise.all(described), fit });
const search = async (bytes: Uint8Array) => {
  const found = index.search({ images: [await describeFile(bytes)], top: 10 });
  return { ...found, ids: found.hits.map(({ id }) => id).sort() };
};
const others = ["gray", "other patient", "unknown patient", "with metadata"];

describe("the search with a copy of an image that the library has", () => {
  it("leaves out the image and its patient when it is the file itself", async () => {
    const { ids, excluded } = await search(await picture(1));
    expect(ids).toEqual(others);
    expect(excluded).toEqual({ sameImage: 1, nearIdentical: 0, samePatient: 1, sameSlide: 0 });
  });

  it.each([
    ["encoded again", () => softShapes(1).jpeg({ quality: 70 })],
    ["halved", () => softShapes(1).resize(100).png()],
    ["doubled", () => softShapes(1).resize(400).png()],
    ["mirrored", () => softShapes(1).flop().png()],
    ["a negative", () => softShapes(1).negate({ alpha: false }).png()],
  ])("leaves them out when the copy is %s", async (_, copy) => {
    const { ids, excluded, searched } = await search(await copy().toBuffer());
    expect(ids).toEqual(others);
    expect(excluded).toEqual({ sameImage: 0, nearIdentical: 1, samePatient: 1, sameSlide: 0 });
    expect(searched).toBe(4);
  });

  it("leaves it out when it is what the library keeps of a JPEG with metadata", async () => {
    const { bytes } = await storedImage(jpegWithMetadata, await decode(jpegWithMetadata));
    expect(Buffer.from(bytes).equals(jpegWithMetadata)).toBe(false);
    const { ids, excluded } = await search(bytes);
    expect(ids).not.toContain("with metadata");
    expect(excluded.sameImage + excluded.nearIdentical).toBe(1);
  });

  it("takes no two flat images for one picture", async () => {
    expect((await search(await flat(160))).ids).toContain("gray");
    expect((await search(await flat(90))).ids).not.toContain("gray");
  });

  it("gives the cosine of the descriptors as the score where nothing is fitted", async () => {
    const [first, second] = await Promise.all(
      [picture(1), picture(3)].map(async (file) => describeFile(await file)),
    );
    const expected = first?.descriptor.reduce(
      (sum, value, at) => sum + value * (second?.descriptor[at] ?? 0),
      0,
    );
    const { hits } = await search(await picture(1));
    const hit = hits.find(({ id }) => id === "other patient");
    expect(hit?.score).toBeCloseTo(expected ?? 9, 5);
    expect(hit?.likeness).toBeCloseTo(expected ?? 9, 2);
  });
});
