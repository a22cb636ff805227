import { describe, expect, it } from "vitest";
import { granulometry } from "./granulometry.ts";
import type { Plane } from "./plane.ts";

const side = 48;
const options = { radii: [1, 2, 4], scale: 1 };

/** Bright squares of `size` pixels, 12 apart, on black. */
function squares(size: number): Plane {
  const isBright = (at: number) => at % 12 < size;
  const data = Float32Array.from({ length: side * side }, (_, pixel) =>
    isBright(pixel % side) && isBright(Math.floor(pixel / side)) ? 1 : 0,
  );
  return { width: side, height: side, data };
}

const invert = (plane: Plane): Plane => ({ ...plane, data: plane.data.map((value) => 1 - value) });
/** What was taken of bright grains by each radius, and of dark ones. */
const spectrum = (plane: Plane) => {
  const values = granulometry(plane, options);
  return { bright: values.filter((_, at) => at % 2 === 0), dark: values.filter((_, at) => at % 2 === 1) };
};
const largest = (values: Float32Array) => values.indexOf(Math.max(...values));

describe("granulometry", () => {
  it("finds bright grains at the first square that does not fit into them", () => {
    expect([2, 4, 8].map((size) => largest(spectrum(squares(size)).bright))).toEqual([0, 1, 2]);
  });

  it("finds dark grains as it finds bright ones", () => {
    const { bright, dark } = spectrum(squares(4));
    const inverted = spectrum(invert(squares(4)));
    for (const [at, share] of bright.entries()) expect(inverted.dark[at]).toBeCloseTo(share, 5);
    for (const [at, share] of dark.entries()) expect(inverted.bright[at]).toBeCloseTo(share, 5);
  });

  it("finds nothing in a flat picture", () => {
    expect(granulometry(squares(0), options)).toEqual(new Float32Array(6));
  });
});
