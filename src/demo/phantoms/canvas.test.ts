import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "#statistics";
import {
  createNoise,
  createPlane,
  edgeCoverage,
  fillPlane,
  paintEllipse,
  paintStroke,
  placePlane,
} from "./canvas.ts";

const coordinate = fc.double({ min: -50, max: 90, noNaN: true });
const size = fc.double({ min: 0.1, max: 60, noNaN: true });
const still = { rotation: 0, scale: 1, shiftX: 0, shiftY: 0 };

describe("paintEllipse and paintStroke", () => {
  it("keep samples between 0 and 1 and never lower them, wherever the shape lies", () => {
    fc.assert(
      fc.property(coordinate, coordinate, size, size, coordinate, (x, y, radiusX, radiusY, angle) => {
        const plane = fillPlane(createPlane(40, 30), () => 0.25);
        paintEllipse(plane, { x, y, radiusX, radiusY, angle });
        paintStroke(plane, {
          points: [
            [x, y],
            [y, x],
            [y, x],
          ],
          radius: [radiusX, radiusY],
        });
        for (const value of plane.data) expect(value >= 0.25 && value <= 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("fill the area of the ellipse", () => {
    const plane = createPlane(100, 100);
    paintEllipse(plane, { x: 50, y: 50, radiusX: 30, radiusY: 15, angle: 0.7 });
    const area = plane.data.reduce((sum, value) => sum + value, 0);
    expect(area / (Math.PI * 30 * 15)).toBeCloseTo(1, 1);
  });

  it("draw a stroke as wide as its two radii", () => {
    const plane = createPlane(60, 40);
    paintStroke(plane, {
      points: [
        [10, 20],
        [50, 20],
      ],
      radius: [4, 4],
    });
    const column = Array.from({ length: 40 }, (_, y) => plane.data[y * 60 + 30] ?? 0);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8, 0);
  });
});

describe("createNoise", () => {
  it("stays between 0 and 1 and is the same for the same seed", () => {
    const draw = () => createNoise(createRandom(5), { width: 33, height: 21, cell: 7 });
    expect(draw().data).toEqual(draw().data);
    expect(Math.min(...draw().data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draw().data)).toBeLessThanOrEqual(1);
    expect(Math.max(...draw().data) - Math.min(...draw().data)).toBeGreaterThan(0.4);
  });
});

describe("placePlane", () => {
  it("leaves a plane as it is when it is not moved", () => {
    const plane = createNoise(createRandom(1), { width: 20, height: 20, cell: 5 });
    const placed = placePlane(plane, still);
    for (let index = 0; index < 18 * 20; index++) {
      expect(placed.data[index]).toBeCloseTo(plane.data[index] ?? 0, 1);
    }
  });

  it("moves what it shows to the right and down by a positive shift", () => {
    const plane = createPlane(20, 20);
    plane.data[5 * 20 + 5] = 1;
    const placed = placePlane(plane, { ...still, shiftX: 3, shiftY: 2 });
    expect(placed.data[7 * 20 + 8]).toBeCloseTo(1, 5);
  });
});

describe("edgeCoverage", () => {
  it("is 0 outside, one half on the edge and 1 inside", () => {
    expect([edgeCoverage(-2, 3), edgeCoverage(0, 3), edgeCoverage(2, 3)]).toEqual([0, 0.5, 1]);
  });
});
