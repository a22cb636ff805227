import type { DataSet } from "../data-set.ts";
import { tags } from "../tags.ts";
import { readNumbers } from "../values.ts";
import { readEntries } from "./lookup-table.ts";
import { expandSegments } from "./palette-segments.ts";

/** A palette (PS3.3 C.7.6.3.1.5): red, green and blue of 0–255 for the value `first` and each one after it. */
export type Palette = { first: number; colors: Uint8Array };

const channels = [
  { descriptor: tags.redPaletteDescriptor, data: tags.redPaletteData, segments: tags.redPaletteSegments },
  {
    descriptor: tags.greenPaletteDescriptor,
    data: tags.greenPaletteData,
    segments: tags.greenPaletteSegments,
  },
  { descriptor: tags.bluePaletteDescriptor, data: tags.bluePaletteData, segments: tags.bluePaletteSegments },
];

/** Reads the three tables, also segmented ones; `null` where one is missing or broken. */
export function readPalette(dataSet: DataSet, isSigned: boolean): Palette | null {
  const [count, start = 0] = readNumbers(dataSet, tags.redPaletteDescriptor);
  if (count === undefined) return null;
  const length = count || 65_536;
  const colors = new Uint8Array(length * 3);
  for (const [channel, { descriptor, data, segments }] of channels.entries()) {
    const bits = readNumbers(dataSet, descriptor)[2] ?? 16;
    const entries = readEntries(dataSet, data, length) ?? expandSegments(dataSet, segments, length);
    if (entries === null) return null;
    // Some writers promise 16 bits and fill 8.
    const isNarrow = bits <= 8 || Array.prototype.every.call(entries, (entry: number) => entry < 256);
    for (let index = 0; index < length; index++) {
      colors[index * 3 + channel] = isNarrow ? entries[index]! : entries[index]! >> 8;
    }
  }
  return { first: isSigned ? (start << 16) >> 16 : start, colors };
}

/** The color of each stored value; values outside the palette have its first or last color. */
export function applyPalette(values: ArrayLike<number>, { first, colors }: Palette): Uint8Array {
  const last = colors.length / 3 - 1;
  const pixels = new Uint8Array(values.length * 3);
  for (let index = 0; index < values.length; index++) {
    const from = Math.max(0, Math.min(last, values[index]! - first)) * 3;
    pixels[index * 3] = colors[from]!;
    pixels[index * 3 + 1] = colors[from + 1]!;
    pixels[index * 3 + 2] = colors[from + 2]!;
  }
  return pixels;
}
