import { createNoise, createPlane, edgeCoverage, fillPlane, type Point, paintEllipse } from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import { cover, createStains, type Stains, tileSize } from "./stains.ts";
import {
  cellBorders,
  paintCapillary,
  paintMitosis,
  paintNucleus,
  paintStroma,
  scatter,
  valueAt,
} from "./tissue-cells.ts";

/** Free surface above, flat superficial cells, polygonal cells, one dark basal row on a wavy border, stroma below. */
export function drawNormalMucosa(random: Random): Stains {
  const stains = createStains();
  paintStroma(random, stains, { density: 0.8, nuclei: 26 });
  const surface = between(random, [22, 40]);
  const base = between(random, [178, 205]);
  const wave = between(random, [9, 16]);
  const pitch = between(random, [70, 100]);
  const shift = random() * pitch;
  const baseY = (x: number) => base + wave * Math.sin(((x + shift) / pitch) * 2 * Math.PI);
  const surfaceY = (x: number) => surface + 3 * Math.sin((x + shift) / 33);
  const depthAt = ([x, y]: Point) => (y - surfaceY(x)) / (baseY(x) - surfaceY(x));
  const points = scatter(random, 17, 0.55);
  const borders = cellBorders(points, 17);
  const epithelium = fillPlane(createPlane(tileSize, tileSize), (x, y) => edgeCoverage(baseY(x) - y, 3));
  const keratin = createNoise(random, { width: tileSize, height: tileSize, cell: 9 });
  cover(stains, epithelium, {
    eosin: (index) => {
      const depth = depthAt([index % tileSize, Math.floor(index / tileSize)]);
      if (depth < 0) return 0;
      if (depth < 0.13) return 0.75 + 0.25 * Math.sin(depth * 260 + 5 * keratin.data[index]!);
      return 0.34 + 0.16 * keratin.data[index]! + 0.3 * edgeCoverage(1.2 - borders.data[index]!, 1.6);
    },
    hematoxylin: (index) => {
      const depth = depthAt([index % tileSize, Math.floor(index / tileSize)]);
      return depth < 0.13 ? 0 : 0.04 + 0.14 * Math.max(0, depth - 0.6);
    },
  });
  for (const at of points) {
    const depth = depthAt(at);
    if (depth < 0.05 || depth > 0.88) continue;
    const flat = depth < 0.35;
    if (depth < 0.16 && random() < 0.6) continue;
    paintNucleus(stains, {
      at,
      radius: flat ? 2.4 : 3.4,
      elongation: flat ? 2.6 : 1.15,
      darkness: flat ? 0.72 : 0.6,
    });
  }
  for (const [offset, step] of [
    [4, 7],
    [12, 8],
  ] as const) {
    for (let x = -4; x < tileSize + 4; x += step) {
      const at: Point = [x + 2 * random(), baseY(x) - offset - random()];
      paintNucleus(stains, {
        at,
        radius: 3.5,
        elongation: 1.5,
        angle: 1.57 + between(random, [-0.2, 0.2]),
        darkness: 0.85,
      });
    }
  }
  paintCapillary(random, stains, [between(random, [60, 200]), 240], 6);
  return stains;
}

function paintPearl(random: Random, stains: Stains, [x, y]: Point, radius: number): void {
  const mask = createPlane(tileSize, tileSize);
  const angle = random() * Math.PI;
  const squash = between(random, [0.75, 0.95]);
  paintEllipse(mask, { x, y, radiusX: radius, radiusY: radius * squash, angle, softness: 4 });
  const wobble = createNoise(random, { width: tileSize, height: tileSize, cell: 12 });
  cover(stains, mask, {
    hematoxylin: () => 0.02,
    eosin: (index) => {
      const dx = (index % tileSize) - x;
      const dy = Math.floor(index / tileSize) - y;
      return 1 + 0.3 * Math.sin(Math.hypot(dx, dy) * 1.25 + 6 * wobble.data[index]!);
    },
  });
  for (let turn = 0; turn < 6.28; turn += between(random, [0.35, 0.7])) {
    const reach = radius * between(random, [0.8, 1.05]);
    const at: Point = [x + reach * Math.cos(turn), y + reach * squash * Math.sin(turn)];
    paintNucleus(stains, { at, radius: 2.8, elongation: 3, angle: turn + 1.57, darkness: 0.85 });
  }
}

/** Irregular nests of large, uneven, dark nuclei in stroma, with keratin pearls and mitotic figures. */
export function drawSquamousCarcinoma(random: Random): Stains {
  const stains = createStains();
  paintStroma(random, stains, { density: 0.85, nuclei: 45 });
  const shape = createNoise(random, { width: tileSize, height: tileSize, cell: between(random, [58, 72]) });
  const edge = createNoise(random, { width: tileSize, height: tileSize, cell: 14 });
  const nests = fillPlane(createPlane(tileSize, tileSize), (_x, _y, index) =>
    edgeCoverage((shape.data[index]! + 0.22 * edge.data[index]! - 0.47) * 60, 4),
  );
  const spacing = 15;
  const points = scatter(random, spacing, 0.75);
  const borders = cellBorders(points, spacing);
  cover(stains, nests, {
    eosin: (index) => 0.52 + 0.2 * edge.data[index]! + 0.2 * edgeCoverage(1 - borders.data[index]!, 1.6),
    hematoxylin: (index) => 0.1 + 0.08 * edge.data[index]!,
  });
  const inNest = points.filter((at) => valueAt(nests, at) > 0.6);
  for (const at of inNest) {
    const radius = between(random, [3.2, 5.4]) * (random() < 0.14 ? 1.5 : 1);
    paintNucleus(stains, {
      at,
      radius,
      elongation: between(random, [1, 2]),
      angle: random() * Math.PI,
      darkness: between(random, [0.62, 1]),
      nucleolus: random() < 0.4,
    });
  }
  for (let figure = 0; figure < 3 && inNest.length > 0; figure++) {
    paintMitosis(random, stains, inNest[Math.floor(random() * inNest.length)]!);
  }
  const pearls: Point[] = [];
  for (let attempt = 0; attempt < 60 && pearls.length < 2; attempt++) {
    const at = inNest[Math.floor(random() * inNest.length)] ?? ([128, 128] as const);
    const apart = pearls.every((other) => Math.hypot(other[0] - at[0], other[1] - at[1]) > 80);
    if (!apart || at[0] < 35 || at[1] < 50 || at[0] > 220 || at[1] > 220) continue;
    pearls.push(at);
    paintPearl(random, stains, at, between(random, [17, 27]));
  }
  return stains;
}
