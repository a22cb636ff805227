import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegionMap } from "#contracts";
import type { Raster } from "../raster.ts";
import { matchRegions } from "./matching-regions.ts";

const side = 256;

/** A gray raster; `shade` gives 0–255. */
function draw(shade: (x: number, y: number) => number, size = { width: side, height: side }): Raster {
  const { width, height } = size;
  const data = Uint8Array.from({ length: width * height }, (_, pixel) =>
    Math.max(0, Math.min(255, shade(pixel % width, Math.floor(pixel / width)))),
  );
  return { ...size, channels: 1, data };
}

const noise = (x: number, y: number) => ((x * 7919 + y * 104_729 + ((x * y) % 97) * 31) % 13) - 6;

/** A round shape with rings around a center, on soft diagonal waves. */
const rings =
  (center: { x: number; y: number }, waves = 0) =>
  (x: number, y: number) => {
    const distance = Math.hypot(x - center.x, y - center.y);
    const ring = distance < 28 ? 90 * Math.cos(distance / 3) : 0;
    return 110 + ring + 8 * Math.sin((x + (waves * y) / 10) / 9 + waves) + noise(x, y) / 3;
  };

const valueAt = ({ columns, rows, values }: RegionMap, { x, y }: { x: number; y: number }) =>
  values[Math.floor((y / side) * rows) * columns + Math.floor((x / side) * columns)]!;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const rasterArbitrary = fc
  .record({
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
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

describe("matching regions", () => {
  it("light up where both pictures show the same shape, at each one's own place", () => {
    const [here, there] = [
      { x: 90, y: 100 },
      { x: 150, y: 140 },
    ];
    const { query, found, pairs } = matchRegions({ query: draw(rings(here)), found: draw(rings(there, 7)) });
    expect(valueAt(query, here)).toBeGreaterThan(0.2);
    expect(valueAt(found, there)).toBeGreaterThan(0.2);
    expect(valueAt(query, here)).toBeGreaterThan(2.5 * mean(query.values));
    expect(valueAt(query, there)).toBeLessThan(0.1);
    expect(valueAt(found, here)).toBeLessThan(0.1);
    const { from, to } = pairs[0]!;
    expect(
      Math.hypot(from.x + from.width / 2 - here.x / side, from.y + from.height / 2 - here.y / side),
    ).toBeLessThan(0.1);
    expect(
      Math.hypot(to.x + to.width / 2 - there.x / side, to.y + to.height / 2 - there.y / side),
    ).toBeLessThan(0.1);
  });

  it("stay dark where the shape is in one picture alone", () => {
    const { query, found } = matchRegions({
      query: draw(rings({ x: 90, y: 100 })),
      found: draw(rings({ x: -900, y: 0 }, 7)),
    });
    expect(valueAt(query, { x: 90, y: 100 })).toBeLessThan(0.1);
    expect(found.values.length).toBe(256);
  });

  it("are the same whichever picture is asked about", () => {
    const one = draw(rings({ x: 90, y: 100 }));
    const other = draw(rings({ x: 150, y: 140 }, 7), { width: side, height: 160 });
    const [forth, back] = [
      matchRegions({ query: one, found: other }),
      matchRegions({ query: other, found: one }),
    ];
    expect(back.found).toEqual(forth.query);
    expect(back.query).toEqual(forth.found);
  });

  it("match a picture with itself, each box with itself", () => {
    const picture = draw(rings({ x: 90, y: 100 }));
    const { pairs } = matchRegions({ query: picture, found: picture });
    expect(pairs.length).toBeGreaterThan(0);
    for (const { from, to, similarity } of pairs) {
      expect(to).toEqual(from);
      expect(similarity).toBeGreaterThan(0.2);
    }
  });

  it("prefer the same place in gray pictures, and know no place in color", () => {
    const gray = draw((x, y) => Math.max(rings({ x: 64, y: 64 })(x, y), rings({ x: 64, y: 192 })(x, y)));
    const one = draw(rings({ x: 64, y: 192 }));
    const { pairs } = matchRegions({ query: one, found: gray });
    expect(pairs[0]!.to.y + pairs[0]!.to.height / 2).toBeGreaterThan(0.5);
    const stained = (place: { x: number; y: number }): Raster => {
      const { data } = draw((x, y) => (Math.hypot(x - place.x, y - place.y) < 24 ? 1 : 0));
      const color = Uint8Array.from({ length: data.length * 3 }, (_, index) => {
        const pixel = Math.floor(index / 3);
        const tone = data[pixel] ? [110, 60, 150] : [235, 170, 200];
        return tone[index % 3]! + 3 * noise(pixel % side, Math.floor(pixel / side));
      });
      return { width: side, height: side, channels: 3, data: color };
    };
    const [first, second] = [
      { x: 60, y: 60 },
      { x: 200, y: 190 },
    ];
    const { query, found } = matchRegions({ query: stained(first), found: stained(second) });
    expect(valueAt(query, first)).toBeGreaterThan(0.4);
    expect(valueAt(found, second)).toBeGreaterThan(0.4);
    expect(valueAt(query, second)).toBeLessThan(0.1);
  });

  it("keep the aspect of each picture", () => {
    const wide = draw(rings({ x: 90, y: 100 }), { width: 300, height: 150 });
    const tall = draw(rings({ x: 90, y: 100 }), { width: 100, height: 400 });
    const { query, found } = matchRegions({ query: wide, found: tall });
    expect([query.columns, query.rows]).toEqual([16, 8]);
    expect([found.columns, found.rows]).toEqual([4, 16]);
  });

  it.each([0, 127, 255])("are nowhere in a flat picture of %i", (level) => {
    const { query, found, pairs } = matchRegions({
      query: draw(() => level),
      found: draw(rings({ x: 90, y: 100 })),
    });
    expect([...query.values, ...found.values].every((value) => value === 0)).toBe(true);
    expect(pairs).toEqual([]);
  });

  it("are numbers of 0 to 1, and boxes inside the pictures, for any two rasters", () => {
    fc.assert(
      fc.property(rasterArbitrary, rasterArbitrary, (one, other) => {
        const { query, found, pairs } = matchRegions({ query: one, found: other });
        for (const { columns, rows, values } of [query, found]) {
          expect(values.length).toBe(columns * rows);
          expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
        for (const { x, y, width, height } of pairs.flatMap(({ from, to }) => [from, to])) {
          expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
          expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });
});
