import { describe, expect, it } from "vitest";
import type { Raster } from "#imaging";
import { burnLettering, letteringArea } from "./lettering.ts";

function blank(channels: 1 | 3, value: number): Raster {
  return { width: 128, height: 64, channels, data: new Uint8Array(128 * 64 * channels).fill(value) };
}

function samples(raster: Raster, inside: boolean): number[] {
  const { left, top, width, height } = letteringArea;
  const found: number[] = [];
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const within = x >= left && x < left + width && y >= top && y < top + height;
      if (within === inside) found.push(raster.data[(y * raster.width + x) * raster.channels] ?? -1);
    }
  }
  return found;
}

describe("burnLettering", () => {
  it("leaves the same pixels whatever the image and its number of channels, so that it tells nothing of the class", () => {
    const gray = blank(1, 0);
    const color = blank(3, 200);
    burnLettering(gray);
    burnLettering(color);
    expect(samples(gray, true)).toEqual(samples(color, true));
    expect(new Set(samples(gray, true)).size).toBe(2);
  });

  it("touches nothing outside its area", () => {
    const raster = blank(1, 77);
    burnLettering(raster);
    expect(new Set(samples(raster, false))).toEqual(new Set([77]));
  });
});
