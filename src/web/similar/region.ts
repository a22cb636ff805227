import type { Box } from "#contracts";

type Point = { x: number; y: number };

/** Smallest side of a region, as a share of the image. */
export const leastSide = 0.04;

/** The box between two points of an image, in shares of it; null where it is too small to be meant. */
export function boxBetween(from: Point, to: Point): Box | null {
  const [one, other] = [inside(from), inside(to)];
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const [width, height] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  return width < leastSide || height < leastSide ? null : { x, y, width, height };
}

function inside({ x, y }: Point): Point {
  return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
}

/** A box to begin with where no pointer draws one: the middle half. */
export const middleBox: Box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

const step = 0.04;

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

/** What an arrow key makes of a box: it moves, or with `sizes` its lower right corner does; null for another key. */
export function boxAfterKey(box: Box, key: string, { sizes }: { sizes: boolean }): Box | null {
  const by = directions[key];
  if (!by) return null;
  const { x, y, width, height } = box;
  return sizes
    ? { ...box, width: clamp(width + by.x, leastSide, 1 - x), height: clamp(height + by.y, leastSide, 1 - y) }
    : { ...box, x: clamp(x + by.x, 0, 1 - width), y: clamp(y + by.y, 0, 1 - height) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
