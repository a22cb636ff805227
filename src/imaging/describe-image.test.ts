import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicomImage } from "../../test/support/dicom-writer.ts";
import { decodeImage } from "./decode.ts";
import { describeImage } from "./describe-image.ts";
import { softShapes } from "./test-images.ts";

const identities: WrittenElement[] = [
  [0x00080080, "LO", "SECRET CLINIC"],
  [0x00100010, "PN", "SECRET^PERSON"],
  [0x00180015, "CS", "SECRET"],
  [0x00281055, "LO", "SECRET WINDOW"],
];
const chest = writeDicomImage({
  rows: 2,
  columns: 3,
  frames: 2,
  signed: true,
  pixels: [-5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20],
  elements: [
    ...identities,
    [0x00181164, "DS", "0.1\\0.1"],
    [0x00281050, "DS", "5"],
    [0x00281051, "DS", "10"],
  ],
});

describe("the description of a DICOM image", () => {
  it("tells what it holds and how it is shown, of all frames", async () => {
    const values = Int16Array.of(-5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20);
    expect(await describeImage(chest, { name: "chest" })).toEqual({
      format: "DICOM",
      transferSyntax: { uid: "1.2.840.10008.1.2.1", name: "Explicit VR Little Endian" },
      shape: [2, 2, 3],
      type: "int16",
      photometric: "MONOCHROME2",
      bitsAllocated: 16,
      bitsStored: 16,
      spacing: { row: 0.1, column: 0.1, plane: "detector" },
      min: -5,
      max: 20,
      mean: 5,
      sha256: createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex"),
      display: ["frame 1 of 2", "window center 5, width 10, from the file"],
    });
  });

  it("repeats no value that identifies, nor does an error", async () => {
    expect(JSON.stringify(await describeImage(chest, { name: "chest" }))).not.toContain("SECRET");
    const broken = writeDicomImage({
      rows: 2,
      columns: 2,
      pixels: [1],
      elements: identities,
      transferSyntax: "SECRET",
    });
    const error = await describeImage(broken, { name: "chest" }).catch((thrown: Error) => thrown);
    expect(String(error) + JSON.stringify(error)).not.toContain("SECRET");
  });
});

describe("the description of another picture", () => {
  it("tells size, type and range of its samples", async () => {
    const picture = softShapes(2, 60);
    const samples = await picture.clone().raw().toBuffer();
    const description = await describeImage(await picture.png().toBuffer(), { name: "shapes" });
    expect(description).toMatchObject({ format: "PNG", shape: [60, 60], type: "uint8", display: [] });
    expect(description.sha256).toBe(createHash("sha256").update(samples).digest("hex"));
    expect(description.min).toBe(Math.min(...samples));
  });
});

describe("a DICOM image through the door of all images", () => {
  it("gives the working copy with full size, spacing and notes", async () => {
    const image = await decodeImage(chest, { name: "chest" });
    expect(image).toMatchObject({
      mediaType: "application/dicom",
      width: 3,
      height: 2,
      color: "gray",
      spacing: { row: 0.1, column: 0.1, plane: "detector" },
      notes: ["frame 1 of 2", "window center 5, width 10, from the file"],
    });
    expect(image.raster).toMatchObject({ width: 3, height: 2, channels: 1 });
    const second = await decodeImage(chest, { name: "chest", frame: 2, window: { center: 10, width: 2 } });
    expect([...second.raster.data]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it("is shrunk into 512 pixels a side, or to what was asked for", async () => {
    const pixels = Array.from({ length: 1200 * 600 }, (_, index) => index % 1200);
    const bytes = writeDicomImage({ rows: 600, columns: 1200, pixels });
    const sizeOf = async (side?: number) => {
      const { raster, width } = await decodeImage(bytes, { name: "wide", side });
      return [raster.width, raster.height, raster.channels, width];
    };
    expect(await sizeOf()).toEqual([512, 256, 1, 1200]);
    expect(await sizeOf(100)).toEqual([100, 50, 1, 1200]);
    expect(await sizeOf(Number.POSITIVE_INFINITY)).toEqual([1200, 600, 1, 1200]);
  });

  it("of equal channels counts as gray", async () => {
    const bytes = writeDicomImage({
      rows: 1,
      columns: 2,
      samples: 3,
      bitsAllocated: 8,
      pixels: [7, 7, 7, 9, 9, 9],
    });
    expect((await decodeImage(bytes, { name: "gray" })).raster).toMatchObject({
      channels: 1,
      data: Uint8Array.of(7, 9),
    });
  });
});
