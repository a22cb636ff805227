import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitted, type LinkedView, panBy, transformOf, zoomAt } from "./linked-view.ts";

/** Where in the image (shares of it, fitted) a point of the pane lies. */
const imagePoint = ({ scale, x, y }: LinkedView, point: { x: number; y: number }) => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

describe("the linked view", () => {
  it("keeps what lies under the pointer where it is while it zooms", () => {
    const pointer = { x: 0.3, y: 0.8 };
    const zoomed = zoomAt(zoomAt(fitted, 2, pointer), 1.5, pointer);
    expect(zoomed.scale).toBe(3);
    expect(imagePoint(zoomed, pointer).x).toBeCloseTo(pointer.x, 9);
    expect(imagePoint(zoomed, pointer).y).toBeCloseTo(pointer.y, 9);
  });

  it("fits again once it is zoomed out, and cannot be moved then", () => {
    const zoomed = panBy(zoomAt(fitted, 4), { x: -1, y: 0.2 });
    expect(zoomAt(zoomed, 0.01)).toEqual(fitted);
    expect(panBy(fitted, { x: 0.5, y: -0.5 })).toEqual(fitted);
  });

  it("never shows beyond the image, whatever is done", () => {
    const share = fc.double({ min: -2, max: 2, noNaN: true });
    const step = fc.oneof(
      fc.record({ factor: fc.double({ min: 0.1, max: 10, noNaN: true }), x: share, y: share }),
      fc.record({ x: share, y: share }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let view = fitted;
        for (const one of steps) view = "factor" in one ? zoomAt(view, one.factor, one) : panBy(view, one);
        expect(view.scale).toBeGreaterThanOrEqual(1);
        expect(view.scale).toBeLessThanOrEqual(8);
        for (const place of [view.x, view.y]) {
          expect(place).toBeLessThanOrEqual(0);
          expect(place).toBeGreaterThanOrEqual(1 - view.scale - 1e-9);
        }
      }),
    );
  });

  it("is written as a transform", () => {
    expect(transformOf({ scale: 2, x: -0.5, y: 0 })).toBe("translate(-50.000%, 0.000%) scale(2.0000)");
  });
});
