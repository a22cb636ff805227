import type { Sharp } from "sharp";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode.ts";
import { fingerprintOf, isFlat, samePictureCosine } from "./fingerprint.ts";
import type { Raster } from "./raster.ts";
import { paint, softShapes } from "./test-images.ts";

const fingerprintOfFile = async (bytes: Uint8Array) =>
  fingerprintOf((await decodeImage(bytes, { name: "picture" })).raster);

const cosine = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

const flatRaster = (width: number, height: number, shade: number): Raster => ({
  width,
  height,
  channels: 1,
  data: new Uint8Array(width * height).fill(shade),
});

describe("the fingerprint of a picture", () => {
  const copies: [string, (picture: Sharp) => Sharp | Promise<Sharp>][] = [
    ["as a JPEG of low quality", (picture) => picture.jpeg({ quality: 60 })],
    ["as a lossy WebP", (picture) => picture.webp({ quality: 75 })],
    ["halved", (picture) => picture.resize(100).png()],
    ["doubled, as a JPEG", (picture) => picture.resize(400).jpeg({ quality: 80 })],
    ["at an odd size with another aspect", (picture) => picture.resize(137, 91, { fit: "fill" }).png()],
    ["in color", (picture) => picture.toColourspace("srgb").png()],
    ["at 16 bits a sample", (picture) => picture.toColourspace("grey16").png()],
    ["brighter and with less contrast", (picture) => picture.linear(0.7, 60).png()],
    [
      "turned, with an EXIF orientation that turns it back",
      async (picture) =>
        sharp(await picture.rotate(270).png().toBuffer())
          .withMetadata({ orientation: 6 })
          .jpeg({ quality: 90 }),
    ],
  ];
  it.each(copies)("is that of the same picture %s", async (_, copy) => {
    for (const seed of [1, 2, 3]) {
      const own = await fingerprintOfFile(await softShapes(seed).png().toBuffer());
      const copied = await fingerprintOfFile(await (await copy(softShapes(seed))).toBuffer());
      expect(cosine(own, copied)).toBeGreaterThan(samePictureCosine);
    }
  });

  it("is another for another picture", async () => {
    const seeds = Array.from({ length: 8 }, (_, seed) => seed);
    const all = await Promise.all(
      seeds.map(async (seed) => fingerprintOfFile(await softShapes(seed).png().toBuffer())),
    );
    all.forEach((a, first) => {
      for (const b of all.slice(first + 1)) expect(cosine(a, b)).toBeLessThan(0.95);
    });
  });

  it("has unit length for any size", async () => {
    for (const [width, height] of [
      [2, 2],
      [3, 50],
      [15, 17],
      [511, 5],
    ] as const) {
      const data = Uint8Array.from({ length: width * height }, (_, pixel) => (pixel * 97) % 251);
      const fingerprint = fingerprintOf({ width, height, channels: 1, data });
      expect(Math.hypot(...fingerprint)).toBeCloseTo(1, 5);
      expect(isFlat(fingerprint)).toBe(false);
    }
  });

  it("says that a flat picture is flat, at unit length too", async () => {
    for (const raster of [flatRaster(1, 1, 0), flatRaster(40, 30, 255)]) {
      const fingerprint = fingerprintOf(raster);
      expect(isFlat(fingerprint)).toBe(true);
      expect(Math.hypot(...fingerprint)).toBe(1);
    }
    expect(isFlat(await fingerprintOfFile(await paint({ width: 90, height: 60 }).png().toBuffer()))).toBe(
      false,
    );
  });
});
