import type { Random } from "./chance.ts";

/** One sample a pixel, rows from the top. As a mask a sample is 0 (outside) to 1 (inside). Coordinates are in pixels. */
export type Plane = { width: number; height: number; data: Float32Array };
export type Point = readonly [x: number, y: number];

export function createPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** Calls `sample` for each pixel and stores what it returns. */
export function fillPlane(plane: Plane, sample: (x: number, y: number, index: number) => number): Plane {
  for (let y = 0, index = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++, index++) plane.data[index] = sample(x, y, index);
  }
  return plane;
}

/** 0 below `low`, 1 above `high`, a smooth S between. */
export function smoothStep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** Coverage of a pixel whose distance to the inside of an edge is `distance` pixels, for an edge `softness` pixels wide. */
export function edgeCoverage(distance: number, softness: number): number {
  return smoothStep(-softness / 2, softness / 2, distance);
}

type Box = { left: number; right: number; top: number; bottom: number };

/** Raises the mask to `coverage` where that is higher than what is there, so that shapes that overlap do not add up. */
function raise(plane: Plane, box: Box, coverage: (x: number, y: number) => number): void {
  const left = Math.max(0, Math.floor(box.left));
  const right = Math.min(plane.width - 1, Math.ceil(box.right));
  const bottom = Math.min(plane.height - 1, Math.ceil(box.bottom));
  for (let y = Math.max(0, Math.floor(box.top)); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const index = y * plane.width + x;
      const value = coverage(x, y);
      if (value > (plane.data[index] ?? 0)) plane.data[index] = value;
    }
  }
}

export type Ellipse = {
  x: number;
  y: number;
  radiusX: number;
  radiusY: number;
  /** Radians, clockwise on the screen. */
  angle?: number;
  /** Width of the edge in pixels. */
  softness?: number;
  /** Value of the inside, 0 to 1. */
  strength?: number;
};

export function paintEllipse(plane: Plane, ellipse: Ellipse): void {
  const { x, y, radiusX, radiusY, angle = 0, softness = 1.5, strength = 1 } = ellipse;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const small = Math.min(radiusX, radiusY);
  const reach = Math.max(radiusX, radiusY) * (1 + softness / small / 2);
  raise(plane, { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }, (px, py) => {
    const along = ((px - x) * cosine + (py - y) * sine) / radiusX;
    const across = ((py - y) * cosine - (px - x) * sine) / radiusY;
    const distance = (1 - Math.sqrt(along * along + across * across)) * small;
    return strength * edgeCoverage(distance, softness);
  });
}

export type Stroke = {
  points: readonly Point[];
  /** Half the width in pixels at the first and at the last point. */
  radius: readonly [start: number, end: number];
  softness?: number;
  strength?: number;
};

/** A line through the points whose width changes evenly from the first to the last. */
export function paintStroke(plane: Plane, stroke: Stroke): void {
  const { points, radius, softness = 1.5, strength = 1 } = stroke;
  const pieces = points.length - 1;
  for (let piece = 0; piece < pieces; piece++) {
    const [ax, ay] = points[piece]!;
    const [bx, by] = points[piece + 1]!;
    const start = radius[0] + ((radius[1] - radius[0]) * piece) / pieces;
    const end = radius[0] + ((radius[1] - radius[0]) * (piece + 1)) / pieces;
    const reach = Math.max(start, end) + softness;
    const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const box = {
      left: Math.min(ax, bx) - reach,
      right: Math.max(ax, bx) + reach,
      top: Math.min(ay, by) - reach,
      bottom: Math.max(ay, by) + reach,
    };
    raise(plane, box, (x, y) => {
      const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
      const away = Math.sqrt((x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2);
      return strength * edgeCoverage(start + t * (end - start) - away, softness);
    });
  }
}

/** Smooth noise, 0 to 1, whose features are about `cell` pixels wide. */
export function createNoise(random: Random, size: { width: number; height: number; cell: number }): Plane {
  const { width, height, cell } = size;
  const columns = Math.ceil(width / cell) + 2;
  const lattice = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, random);
  return fillPlane(createPlane(width, height), (x, y) => {
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
    const tx = smoothStep(0, 1, x / cell - column);
    const ty = smoothStep(0, 1, y / cell - row);
    const at = row * columns + column;
    const upper = lattice[at]! + tx * (lattice[at + 1]! - lattice[at]!);
    const lower = lattice[at + columns]! + tx * (lattice[at + columns + 1]! - lattice[at + columns]!);
    return upper + ty * (lower - upper);
  });
}

/** The plane rotated (radians) and scaled about its center, then shifted; beyond the edges their pixels go on. */
export function placePlane(
  plane: Plane,
  placement: { rotation: number; scale: number; shiftX: number; shiftY: number },
): Plane {
  const { width, height, data } = plane;
  const cosine = Math.cos(placement.rotation) / placement.scale;
  const sine = Math.sin(placement.rotation) / placement.scale;
  return fillPlane(createPlane(width, height), (x, y) => {
    const fromX = x - width / 2 - placement.shiftX;
    const fromY = y - height / 2 - placement.shiftY;
    const sourceX = Math.min(width - 1.01, Math.max(0, fromX * cosine + fromY * sine + width / 2));
    const sourceY = Math.min(height - 1.01, Math.max(0, fromY * cosine - fromX * sine + height / 2));
    const column = Math.floor(sourceX);
    const row = Math.floor(sourceY);
    const tx = sourceX - column;
    const at = row * width + column;
    const upper = data[at]! + tx * (data[at + 1]! - data[at]!);
    const lower = data[at + width]! + tx * (data[at + width + 1]! - data[at + width]!);
    return upper + (sourceY - row) * (lower - upper);
  });
}
