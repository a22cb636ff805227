/**
 * What two images beside one another show, the same part of each: how much larger than fitted, and where the upper left corner of the
 * pane lies, in shares of the pane.
 */
export type LinkedView = { scale: number; x: number; y: number };

type Point = { x: number; y: number };

export const fitted: LinkedView = { scale: 1, x: 0, y: 0 };

const largest = 8;

/** Larger or smaller by a factor, where the point of the pane (shares of it) stays where it is. */
export function zoomAt(view: LinkedView, factor: number, point: Point = { x: 0.5, y: 0.5 }): LinkedView {
  const scale = Math.min(largest, Math.max(1, view.scale * factor));
  const change = scale / view.scale;
  return keepInside({
    scale,
    x: point.x - (point.x - view.x) * change,
    y: point.y - (point.y - view.y) * change,
  });
}

/** Moved by shares of the pane. */
export function panBy(view: LinkedView, by: Point): LinkedView {
  return keepInside({ ...view, x: view.x + by.x, y: view.y + by.y });
}

/** The pane is always filled. */
function keepInside({ scale, x, y }: LinkedView): LinkedView {
  const inside = (place: number) => Math.min(0, Math.max(1 - scale, place));
  return { scale, x: inside(x), y: inside(y) };
}

export function transformOf({ scale, x, y }: LinkedView): string {
  return `translate(${(x * 100).toFixed(3)}%, ${(y * 100).toFixed(3)}%) scale(${scale.toFixed(4)})`;
}
