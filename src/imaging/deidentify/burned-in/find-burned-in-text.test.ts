import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Raster } from "../../raster.ts";
import { findBurnedInText } from "./find-burned-in-text.ts";

/** Letters of five by seven dots. */
const glyphs: Record<string, string[]> = {
  A: [".###.", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"],
  E: ["#####", "#....", "#....", "####.", "#....", "#....", "#####"],
  K: ["#...#", "#..#.", "#.#..", "##...", "#.#..", "#..#.", "#...#"],
  L: ["#....", "#....", "#....", "#....", "#....", "#....", "#####"],
  R: ["####.", "#...#", "#...#", "####.", "#.#..", "#..#.", "#...#"],
};

type Lettering = { x: number; y: number; dot: number; value: number };

function write(raster: Raster, text: string, { x, y, dot, value }: Lettering): Raster {
  [...text].forEach((letter, index) => {
    glyphs[letter]?.forEach((row, rowIndex) => {
      [...row].forEach((mark, column) => {
        const left = x + (index * 6 + column) * dot;
        if (mark === "#") fill(raster, { x: left, y: y + rowIndex * dot, width: dot, height: dot }, value);
      });
    });
  });
  return raster;
}

type Box = { x: number; y: number; width: number; height: number };

function fill({ width, channels, data }: Raster, box: Box, value: number): void {
  for (let y = box.y; y < box.y + box.height; y++) {
    data.fill(value, (y * width + box.x) * channels, (y * width + box.x + box.width) * channels);
  }
}

/** Soft bands, wider than strokes, as ribs are. */
function ribs({ width = 400, height = 300, channels = 1 as 1 | 3 } = {}): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const value = 110 + Math.round(60 * Math.sin(y / 12));
    data.fill(value, y * width * channels, (y + 1) * width * channels);
  }
  return { width, height, channels, data };
}

describe("findBurnedInText", () => {
  it("finds a line of letters and where it stands", () => {
    const { found, lines } = findBurnedInText(write(ribs(), "KARLERA", { x: 40, y: 20, dot: 2, value: 255 }));
    expect(found).toBe(true);
    const [line] = lines;
    expect(line?.letters).toBe(7);
    expect(Math.abs((line?.x ?? 0) - 40)).toBeLessThanOrEqual(2);
    expect(Math.abs((line?.y ?? 0) - 20)).toBeLessThanOrEqual(2);
    expect(Math.abs((line?.width ?? 0) - 82)).toBeLessThanOrEqual(4);
  });

  it("finds dark letters, large letters and letters on a color picture", () => {
    const find = (raster: Raster, dot: number, value: number) =>
      findBurnedInText(write(raster, "KARLE", { x: 30, y: 60, dot, value })).found;
    const white: Raster = { width: 400, height: 300, channels: 1, data: new Uint8Array(400 * 300).fill(220) };
    expect(find(white, 2, 10)).toBe(true);
    expect(find(ribs(), 6, 255)).toBe(true);
    expect(find(ribs({ channels: 3 }), 2, 255)).toBe(true);
  });

  it("finds letters on a large picture, and tells its own pixels", () => {
    const raster = write(ribs({ width: 2400, height: 1200 }), "KARLE", {
      x: 1000,
      y: 500,
      dot: 6,
      value: 255,
    });
    const { lines } = findBurnedInText(raster);
    expect(Math.abs((lines[0]?.x ?? 0) - 1000)).toBeLessThanOrEqual(8);
    expect(Math.abs((lines[0]?.y ?? 0) - 500)).toBeLessThanOrEqual(8);
  });

  it("finds nothing in bands, in a marker of one letter, in bars and in an even picture", () => {
    expect(findBurnedInText(ribs()).found).toBe(false);
    expect(findBurnedInText(write(ribs(), "L", { x: 20, y: 20, dot: 4, value: 255 })).found).toBe(false);
    const bars = ribs();
    for (let x = 50; x < 350; x += 90) fill(bars, { x, y: 100, width: 60, height: 6 }, 255);
    expect(findBurnedInText(bars).found).toBe(false);
    const even: Raster = { width: 300, height: 300, channels: 1, data: new Uint8Array(90_000).fill(99) };
    expect(findBurnedInText(even)).toEqual({ found: false, lines: [] });
  });

  it("takes noise for no text", () => {
    let state = 7;
    const noise = ribs();
    noise.data.forEach((value, index) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      noise.data[index] = Math.min(255, Math.max(0, value + (state >>> 24) / 2 - 64));
    });
    expect(findBurnedInText(noise).found).toBe(false);
  });

  it("takes pictures of any size and content", () => {
    const picture = fc
      .tuple(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(1 as const, 3 as const),
      )
      .chain(([width, height, channels]) => {
        const length = width * height * channels;
        return fc
          .uint8Array({ minLength: length, maxLength: length })
          .map((data) => ({ width, height, channels, data }));
      });
    fc.assert(
      fc.property(picture, (raster) => {
        const { found, lines } = findBurnedInText(raster);
        expect(found).toBe(lines.length > 0);
      }),
    );
  });
});
