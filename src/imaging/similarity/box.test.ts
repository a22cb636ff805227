import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Raster } from "../raster.ts";
import { cutBox } from "./box.ts";

const rasterOf = ({ width, height, channels }: Omit<Raster, "data">): Raster => {
  const data = Uint8Array.from({ length: width * height * channels }, (_, n) => (n * 7) % 251);
  return { width, height, channels, data };
};
const raster = rasterOf({ width: 40, height: 20, channels: 3 });
const pixel = ({ width, channels, data }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];
const invalid = expect.objectContaining({ code: "box-invalid" });

describe("a box cut from an image", () => {
  it("is the image itself where it is the whole of it", () => {
    expect(cutBox({ raster, box: { x: 0, y: 0, width: 1, height: 1 } })).toEqual(raster);
    expect(cutBox({ raster, box: { x: 0, y: 0, width: 40, height: 20 } })).toEqual(raster);
  });

  it("is the same in pixels, in shares, and in pixels of the image at another size", () => {
    const cut = cutBox({ raster, box: { x: 10, y: 5, width: 20, height: 10 } });
    expect(cut).toMatchObject({ width: 20, height: 10, channels: 3 });
    expect(pixel(cut, 0, 0)).toEqual(pixel(raster, 10, 5));
    expect(pixel(cut, 19, 9)).toEqual(pixel(raster, 29, 14));
    expect(cutBox({ raster, box: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } })).toEqual(cut);
    const size = { width: 400, height: 200 };
    expect(cutBox({ raster, box: { x: 100, y: 50, width: 200, height: 100 }, size })).toEqual(cut);
  });

  it("loses what lies outside of the image", () => {
    const whole = { x: -5, y: -5, width: 90, height: 90 };
    expect(cutBox({ raster, box: whole })).toEqual(raster);
    expect(cutBox({ raster, box: { x: 30, y: -4, width: 90, height: 14 } })).toMatchObject({
      ...{ width: 10, height: 10 },
    });
  });

  it.each([
    ["narrower than 8 pixels", { x: 0, y: 0, width: 7, height: 20 }],
    ["lower than 8 pixels", { x: 0, y: 0, width: 1, height: 0.3 }],
    ["outside of the image", { x: 50, y: 0, width: 20, height: 20 }],
    ["turned inside out", { x: 30, y: 15, width: -20, height: -10 }],
    ["not a number", { x: Number.NaN, y: 0, width: 20, height: 20 }],
    ["endless", { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: Number.NaN }],
  ])("is refused where it is %s", (_, box) => {
    expect(() => cutBox({ raster, box })).toThrow(invalid);
  });

  it("is a part of the image whatever is asked for, or refused", () => {
    const number = fc.oneof(fc.double({ min: -2, max: 2 }), fc.double(), fc.integer({ min: -60, max: 60 }));
    const boxes = fc.record({ x: number, y: number, width: number, height: number });
    fc.assert(
      fc.property(boxes, (box) => {
        try {
          const cut = cutBox({ raster, box });
          expect(cut.width).toBeGreaterThanOrEqual(8);
          expect(cut.width).toBeLessThanOrEqual(40);
          expect(cut.height).toBeGreaterThanOrEqual(8);
          expect(cut.height).toBeLessThanOrEqual(20);
          expect(cut.data.length).toBe(cut.width * cut.height * 3);
        } catch (error) {
          expect(error).toEqual(invalid);
        }
      }),
    );
  });
});
