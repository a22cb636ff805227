import { describe, expect, it } from "vitest";
import { drawPattern } from "../../../test/support/pattern.ts";
import { resize } from "./resize.ts";

describe("resizing", () => {
  it("averages what falls on a pixel when it shrinks, with the triangle of the bilinear filter", () => {
    const row = { width: 4, height: 1, channels: 1 as const, data: Uint8Array.of(0, 80, 160, 240) };
    // The pixels' distances from the middle of the left half are 0.25, 0.25, 0.75 and out of reach, in units of the new pixels.
    const left = (0 * 0.75 + 80 * 0.75 + 160 * 0.25) / 1.75;
    const { data } = resize(row, { width: 2, height: 1, interpolation: "bilinear" });
    expect([...data]).toEqual([Math.round(left), 240 - Math.round(left)]);
  });

  it("overshoots at an edge with the bicubic filter, and stays within 8 bits", () => {
    const edge = {
      width: 8,
      height: 1,
      channels: 1 as const,
      data: Uint8Array.of(9, 9, 9, 9, 250, 250, 250, 250),
    };
    const { data } = resize(edge, { width: 32, height: 1, interpolation: "bicubic" });
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBe(255);
    expect(resize(edge, { width: 32, height: 1, interpolation: "bilinear" }).data).toSatisfy(
      (values: Uint8Array) => values.every((value) => value >= 9 && value <= 250),
    );
  });

  it("leaves an image of the wanted size as it is, and a plain one plain", () => {
    const picture = drawPattern(13, 7);
    expect(resize(picture, { width: 13, height: 7, interpolation: "lanczos" })).toEqual(picture);
    const plain = { width: 5, height: 9, channels: 3 as const, data: new Uint8Array(5 * 9 * 3).fill(201) };
    for (const interpolation of ["bilinear", "bicubic", "lanczos"] as const) {
      const { data } = resize(plain, { width: 64, height: 3, interpolation });
      expect(new Set(data)).toEqual(new Set([201]));
    }
  });

  it.each([
    ["bilinear", [71, 122, 150, 111, 104]],
    ["bicubic", [68, 123, 150, 112, 104]],
    ["lanczos", [67, 120, 149, 114, 104]],
  ] as const)("gives with the %s filter the pixels of Pillow 12.3", (interpolation, wanted) => {
    const { data } = resize(drawPattern(61, 43, 1), { width: 17, height: 29, interpolation });
    expect([0, 100, 200, 300, 492].map((at) => data[at])).toEqual(wanted);
  });
});
