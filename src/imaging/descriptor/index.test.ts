import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecodedImage, decodeImage } from "../decode.ts";
import type { Raster } from "../raster.ts";
import { paint } from "../test-images.ts";
import { builtInDescriptor } from "./index.ts";

const describeRaster = (raster: Raster) => builtInDescriptor.embed({ raster } as DecodedImage);

const cosine = (first: Float32Array, second: Float32Array) =>
  first.reduce((sum, value, index) => sum + value * second[index]!, 0);

type Shade = (x: number, y: number) => number;

/** A gray raster of 200 × 200 pixels; `shade` takes −1 to 1 and gives 0–255. */
function draw(shade: Shade): Raster {
  const side = 200;
  const data = Uint8Array.from({ length: side * side }, (_, pixel) =>
    Math.max(
      0,
      Math.min(255, shade(((pixel % side) * 2) / side - 1, (Math.floor(pixel / side) * 2) / side - 1)),
    ),
  );
  return { width: side, height: side, channels: 1, data };
}

/** The gray picture in color: each channel its shade to a power. */
function tint({ width, height, data }: Raster, powers: [number, number, number]): Raster {
  const colored = Uint8Array.from(
    { length: data.length * 3 },
    (_, index) => 255 * (data[Math.floor(index / 3)]! / 255) ** powers[index % 3]!,
  );
  return { width, height, channels: 3, data: colored };
}

/** Two dark fields on a bright ground with ribs, as a chest radiograph has them. */
const chest: Shade = (x, y) =>
  170 - 110 * Math.exp(-8 * ((Math.abs(x) - 0.45) ** 2 + y * y * 0.4)) + 14 * Math.sin(y * 22 + x * x * 5);
const stripes: Shade = (x) => (Math.sin(x * 60) > 0 ? 220 : 30);

const rasterArbitrary = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom(1 as const, 3 as const),
    seed: fc.uint8Array({ minLength: 1, maxLength: 50 }),
  })
  .map(({ width, height, channels, seed }): Raster => {
    const data = Uint8Array.from(
      { length: width * height * channels },
      (_, index) => seed[index % seed.length]!,
    );
    return { width, height, channels, data };
  });

describe("the built-in descriptor", () => {
  it("gives a finite vector of unit length and the declared dimension for any raster", () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const vector = describeRaster(raster);
        expect(vector.length).toBe(builtInDescriptor.dimension);
        expect(vector.every(Number.isFinite)).toBe(true);
        expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 127, 255])("describes a flat picture of %i without NaN", (level) => {
    const vector = describeRaster(draw(() => level));
    expect(vector.every(Number.isFinite)).toBe(true);
    expect(cosine(vector, vector)).toBeCloseTo(1, 5);
  });

  it("has at most 1,000 dimensions", () => {
    expect(builtInDescriptor.dimension).toBeLessThanOrEqual(1_000);
  });

  it("gives the same image the same vector, whatever its container", async () => {
    const png = await decodeImage(await paint({ width: 300, height: 200 }).png().toBuffer(), { name: "x" });
    const webp = await decodeImage(
      await paint({ width: 300, height: 200 }).webp({ lossless: true }).toBuffer(),
      {
        name: "x",
      },
    );
    expect(builtInDescriptor.embed(webp)).toEqual(builtInDescriptor.embed(png));
  });

  it("keeps a radiograph close under a change of brightness and contrast", () => {
    const original = describeRaster(draw(chest));
    const darker = describeRaster(draw((x, y) => 0.6 * chest(x, y) + 10));
    expect(cosine(original, darker)).toBeGreaterThan(0.95);
    expect(cosine(original, darker)).toBeGreaterThan(cosine(original, describeRaster(draw(stripes))) + 0.3);
  });

  it("puts a mirrored radiograph nearer than a picture of another kind, but not at the same place", () => {
    const tilted: Shade = (x, y) => chest(x, y) - 50 * Math.exp(-30 * ((x - 0.5) ** 2 + (y - 0.4) ** 2));
    const original = describeRaster(draw(tilted));
    const mirrored = cosine(original, describeRaster(draw((x, y) => tilted(-x, y))));
    expect(mirrored).toBeLessThan(0.9999);
    expect(mirrored).toBeGreaterThan(cosine(original, describeRaster(draw(stripes))));
  });

  it("tells two colors of one brightness apart", () => {
    const fill = (color: number[]): Raster => ({
      width: 20,
      height: 20,
      channels: 3,
      data: Uint8Array.from({ length: 1200 }, (_, index) => color[index % 3]!),
    });
    const pink = describeRaster(fill([220, 140, 180]));
    expect(cosine(pink, describeRaster(fill([222, 142, 182])))).toBeGreaterThan(0.99);
    expect(cosine(pink, describeRaster(fill([120, 190, 182])))).toBeLessThan(0.97);
  });

  it("describes a gray picture by place and a stained one by stains, and a barely tinted one as gray", () => {
    const [place, stains] = [
      [210, 562],
      [562, builtInDescriptor.dimension],
    ] as const;
    const share = (raster: Raster, [start, end]: readonly [number, number]) =>
      describeRaster(raster)
        .subarray(start, end)
        .reduce((sum, value) => sum + value * value, 0);
    const gray = draw(chest);
    const barely = tint(gray, [1, 1, 1.01]);
    expect(share(gray, stains)).toBe(0);
    expect(share(barely, stains)).toBeLessThan(0.05);
    expect(share(tint(gray, [0.4, 1.1, 0.6]), place)).toBeLessThan(0.01);
  });

  it("takes a new version when its vectors change", () => {
    const gray = draw(chest);
    const pins = (raster: Raster, expected: [number, number][]) => {
      const vector = describeRaster(raster);
      for (const [index, value] of expected) expect(Math.abs(vector[index]! - value)).toBeLessThan(0.001);
    };
    expect([builtInDescriptor.id, builtInDescriptor.dimension]).toEqual(["builtin-descriptor-2", 939]);
    expect(builtInDescriptor.preprocessingHash).toMatch(/^[0-9a-f]{64}$/);
    pins(gray, [
      [84, 0.242],
      [156, 0.134],
      [244, 0.128],
      [459, 0.061],
      [558, 0.118],
    ]);
    pins(tint(gray, [0.4, 1.1, 0.6]), [
      [676, 0.13],
      [729, 0.089],
      [840, 0.42],
      [854, 0.031],
      [861, 0.016],
      [894, 0.094],
    ]);
  });
});
