import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readView, viewRequestSchema, writeView } from "./view-words.ts";

const number = fc.double({ min: 0, max: 5_000, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const request = fc.record(
  {
    image: fc.integer({ min: 1, max: 20 }),
    box: fc.record({ x: number, y: number, width: number, height: number }),
    side: fc.integer({ min: 64, max: 2048 }),
    window: fc.record({ center: fc.integer(), width: fc.integer({ min: 1, max: 5_000 }) }),
    invert: fc.constant(true),
    case: fc.integer({ min: 1, max: 99 }),
  },
  { requiredKeys: ["image"] },
);

describe("a view in words", () => {
  it("is the same request when it is read again", () => {
    fc.assert(
      fc.property(request, (given) => {
        expect(readView(writeView(given))).toEqual(given);
      }),
    );
  });

  it("may name a window of computed tomography", () => {
    expect(readView("image 2, window lung")).toEqual({ image: 2, window: { center: -600, width: 1500 } });
    expect(viewRequestSchema.parse({ image: 1, window: "bone" }).window).toEqual({
      center: 400,
      width: 1800,
    });
  });

  it.each([
    "",
    "the upper left",
    "box 0 0 1 1",
    "image 1, box 0 0 1",
    "image 0",
    "image 1, side 9999999",
    "image 1, window moon",
    "image 1, window 40 0",
    "image 1, rotated",
  ])("is not read from “%s”", (words) => {
    expect(readView(words)).toBeUndefined();
  });

  it("is read or refused, whatever the words", () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        readView(words);
      }),
    );
  });
});
