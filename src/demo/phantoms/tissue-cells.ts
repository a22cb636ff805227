import {
  createNoise,
  createPlane,
  fillPlane,
  type Plane,
  type Point,
  paintEllipse,
  paintStroke,
} from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import { type Stains, tileSize } from "./stains.ts";

/** Points about `spacing` pixels apart over the whole tile and a little beyond. */
export function scatter(random: Random, spacing: number, jitter: number): Point[] {
  const points: Point[] = [];
  for (let row = -1; row * spacing < tileSize + spacing; row++) {
    for (let column = -1; column * spacing < tileSize + spacing; column++) {
      const shift = row % 2 === 0 ? 0 : 0.5;
      points.push([
        (column + shift + jitter * (random() - 0.5)) * spacing,
        (row + jitter * (random() - 0.5)) * spacing,
      ]);
    }
  }
  return points;
}

/** For each pixel how far, in pixels, it is from the border between the cells that surround two neighboring points. */
export function cellBorders(points: readonly Point[], spacing: number): Plane {
  const buckets = Math.ceil(tileSize / spacing) + 4;
  const grid = new Map<number, Point[]>();
  for (const point of points) {
    const key = (Math.floor(point[1] / spacing) + 2) * buckets + Math.floor(point[0] / spacing) + 2;
    grid.set(key, [...(grid.get(key) ?? []), point]);
  }
  return fillPlane(createPlane(tileSize, tileSize), (x, y) => {
    const column = Math.floor(x / spacing) + 2;
    const row = Math.floor(y / spacing) + 2;
    let nearest = 1e9;
    let second = 1e9;
    for (let key = 0; key < 9; key++) {
      for (const [px, py] of grid.get((row + Math.floor(key / 3) - 1) * buckets + column + (key % 3) - 1) ??
        []) {
        const distance = (px - x) ** 2 + (py - y) ** 2;
        if (distance < nearest) [nearest, second] = [distance, nearest];
        else if (distance < second) second = distance;
      }
    }
    return (Math.sqrt(second) - Math.sqrt(nearest)) / 2;
  });
}

export type Nucleus = {
  at: Point;
  radius: number;
  /** Length over width. */
  elongation?: number;
  angle?: number;
  /** Amount of hematoxylin, 0 to 1. */
  darkness?: number;
  nucleolus?: boolean;
};

/** A nucleus with a darker rim; with a nucleolus the chromatin is cleared, as in a vesicular nucleus. */
export function paintNucleus(stains: Stains, nucleus: Nucleus): void {
  const {
    at: [x, y],
    radius,
    elongation = 1,
    angle = 0,
    darkness = 0.8,
    nucleolus = false,
  } = nucleus;
  const shape = {
    x,
    y,
    radiusX: radius * Math.sqrt(elongation),
    radiusY: radius / Math.sqrt(elongation),
    angle,
  };
  paintEllipse(stains.hematoxylin, { ...shape, strength: darkness * (nucleolus ? 0.72 : 1) });
  const speck = radius * (nucleolus ? 0.3 : 0.35);
  paintEllipse(stains.hematoxylin, {
    x: x + radius * 0.22,
    y: y - radius * 0.15,
    radiusX: speck,
    radiusY: speck,
    strength: Math.min(1, darkness * 1.2),
  });
}

/** Collagen: wavy pink fibers along one direction, with spindle-shaped nuclei of fibroblasts between them. */
export function paintStroma(random: Random, stains: Stains, look: { density: number; nuclei: number }): void {
  const warp = createNoise(random, { width: tileSize, height: tileSize, cell: 46 });
  const weave = createNoise(random, { width: tileSize, height: tileSize, cell: 7 });
  const slope = between(random, [-0.5, 0.5]);
  fillPlane(stains.eosin, (x, y, index) => {
    const phase = (y - slope * x) * 0.5 + warp.data[index]! * 22;
    const fiber = 0.5 + 0.5 * Math.sin(phase);
    return look.density * (0.42 + 0.26 * fiber + 0.3 * weave.data[index]!);
  });
  const heading = Math.atan(slope);
  for (let nucleus = 0; nucleus < look.nuclei; nucleus++) {
    const at: Point = [random() * tileSize, random() * tileSize];
    const angle = heading + between(random, [-0.4, 0.4]);
    paintNucleus(stains, { at, radius: between(random, [2.4, 3.2]), elongation: 4.5, angle, darkness: 0.7 });
  }
}

/** A capillary: a pale lumen inside a thin wall, with a few red cells. */
export function paintCapillary(random: Random, stains: Stains, at: Point, radius: number): void {
  const lumen = createPlane(tileSize, tileSize);
  paintEllipse(lumen, { x: at[0], y: at[1], radiusX: radius * 1.3, radiusY: radius });
  fillPlane(stains.eosin, (_x, _y, index) => stains.eosin.data[index]! * (1 - 0.9 * lumen.data[index]!));
  for (let cell = 0; cell < 6; cell++) {
    const turn = (cell / 6) * 2 * Math.PI + random();
    const reach = cell % 2 === 0 ? 1.15 : 0.45;
    const spot: Point = [
      at[0] + 1.3 * radius * reach * Math.cos(turn),
      at[1] + radius * reach * Math.sin(turn),
    ];
    if (reach > 1)
      paintNucleus(stains, { at: spot, radius: 2.2, elongation: 3, angle: turn + 1.57, darkness: 0.75 });
    else paintEllipse(stains.eosin, { x: spot[0], y: spot[1], radiusX: 2.8, radiusY: 2.6, strength: 1 });
  }
}

/** A mitotic figure: a plate of clumped chromosomes without a nuclear membrane, in a cleared cell. */
export function paintMitosis(random: Random, stains: Stains, at: Point): void {
  const angle = random() * Math.PI;
  for (const offset of [-3, 0, 3]) {
    const end = (length: number): Point => [
      at[0] + length * Math.cos(angle) - offset * 0.5 * Math.sin(angle) + random(),
      at[1] + length * Math.sin(angle) + offset * 0.5 * Math.cos(angle) + random(),
    ];
    paintStroke(stains.hematoxylin, { points: [end(-6), end(0), end(6)], radius: [1.4, 1.1], strength: 1 });
  }
}

/** The sample under a point; 0 outside the tile. */
export function valueAt(plane: Plane, [x, y]: Point): number {
  if (x < 0 || y < 0 || x >= tileSize || y >= tileSize) return 0;
  return plane.data[Math.floor(y) * tileSize + Math.floor(x)] ?? 0;
}
