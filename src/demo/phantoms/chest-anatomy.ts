import { createPlane, edgeCoverage, fillPlane, type Plane, paintEllipse, paintStroke } from "./canvas.ts";
import { between, type Random } from "./chance.ts";

/** Side of the square on which a chest is drawn, in pixels; a pixel is about one millimeter. */
export const chestSize = 384;
/** The midline of the spine. */
export const midline = chestSize / 2;

/** Of the patient, not of the viewer: the right lung is on the left of the image. */
export type Side = "right" | "left";

/** One patient's measures in millimeters; heights run from the top of the image. */
export type ChestAnatomy = {
  apexY: number;
  widestY: number;
  /** Half of the greatest inner width of the thorax. */
  halfWidth: number;
  domeY: Record<Side, number>;
  heart: { x: number; y: number; radiusX: number; radiusY: number; angle: number };
  ribSpacing: number;
  bodyHalfWidth: number;
  breast: number;
  clavicleTilt: number;
};

/** Half of the horizontal extent of the rotated ellipse that stands for the heart. */
function heartHalfExtent(heart: ChestAnatomy["heart"]): number {
  return Math.hypot(heart.radiusX * Math.cos(heart.angle), heart.radiusY * Math.sin(heart.angle));
}

/** Greatest width of the heart over greatest inner width of the thorax (Danzer, Am J Med Sci 1919;157:513). */
export function cardiothoracicRatio(anatomy: ChestAnatomy): number {
  return heartHalfExtent(anatomy.heart) / anatomy.halfWidth;
}

/** A patient whose heart takes `ratio` of the width of the thorax. */
export function drawAnatomy(random: Random, ratio: number): ChestAnatomy {
  const halfWidth = between(random, [136, 143]);
  const domeRight = between(random, [283, 290]);
  const angle = between(random, [0.5, 0.68]);
  const radiusX = (ratio * halfWidth) / Math.hypot(Math.cos(angle), 0.78 * Math.sin(angle));
  const heart = { x: 0, y: 0, radiusX, radiusY: radiusX * 0.78, angle };
  const extent = ratio * halfWidth;
  heart.x = midline + extent - extent * between(random, [0.64, 0.68]);
  heart.y = domeRight + 8 - Math.hypot(radiusX * Math.sin(angle), heart.radiusY * Math.cos(angle)) * 0.86;
  return {
    apexY: between(random, [53, 57]),
    widestY: between(random, [228, 246]),
    halfWidth,
    domeY: { right: domeRight, left: domeRight + between(random, [6, 13]) },
    heart,
    ribSpacing: between(random, [24.3, 25.3]),
    bodyHalfWidth: halfWidth + between(random, [24, 31]),
    breast: Math.max(0, between(random, [-0.5, 0.6])),
    clavicleTilt: between(random, [-4, 8]),
  };
}

/** Distance from the midline to the inner chest wall at height `y`. */
export function lateralEdge(anatomy: ChestAnatomy, y: number): number {
  const { apexY, widestY, halfWidth } = anatomy;
  if (y >= widestY) return halfWidth - 0.0006 * (y - widestY) ** 2;
  const rise = Math.min(1, (widestY - y) / (widestY - apexY));
  return 66 + (halfWidth - 66) * Math.sqrt(1 - rise ** 2.3) - 14 * rise ** 6;
}

/** Height of the diaphragm at `across` millimeters from the midline: a dome that falls to the costophrenic angle. */
export function diaphragmY(anatomy: ChestAnatomy, side: Side, across: number): number {
  const offset = (across - 62) / (anatomy.halfWidth - 62);
  return anatomy.domeY[side] + (offset > 0 ? 40 * offset ** 2.4 : 14 * offset ** 2);
}

export function sideOf(x: number): Side {
  return x < midline ? "right" : "left";
}

/** Height of the diaphragm in each column of the image. */
export function diaphragmLine(anatomy: ChestAnatomy): Float32Array {
  return Float32Array.from({ length: chestSize }, (_, x) =>
    diaphragmY(anatomy, sideOf(x), Math.abs(x - midline)),
  );
}

/** Distance in pixels from each pixel to the edge of its lung; positive inside. Ignores heart and mediastinum. */
export function lungDistance(anatomy: ChestAnatomy): Plane {
  const floors = diaphragmLine(anatomy);
  const walls = Array.from({ length: chestSize }, (_, y) => lateralEdge(anatomy, y));
  return fillPlane(createPlane(chestSize, chestSize), (x, y) => {
    const across = Math.abs(x - midline);
    // The apex is a dome about 42 mm from the midline.
    const apex = y - anatomy.apexY - ((across - 42) / 12) ** 2 * 1.1;
    return Math.min(walls[y]! - across, across - 14, floors[x]! - y, apex);
  });
}

/** Heart, great vessels and the tissue between the lungs, as a mask. */
export function mediastinumMask(anatomy: ChestAnatomy): Plane {
  const mask = createPlane(chestSize, chestSize);
  const { heart, apexY } = anatomy;
  paintEllipse(mask, { ...heart, softness: 5 });
  const top = heart.y - heart.radiusY * 0.5;
  paintStroke(mask, {
    points: [
      [midline - 2, 0],
      [midline, apexY + 50],
      [midline + 2, top],
    ],
    radius: [20, 30],
    softness: 5,
  });
  const arch = apexY + 73;
  paintEllipse(mask, { x: midline + 22, y: arch, radiusX: 18, radiusY: 16, softness: 4 });
  paintStroke(mask, {
    points: [
      [midline + 14, arch + 6],
      [midline + 23, arch + 32],
      [midline + 30, top + 8],
      [heart.x + 12, heart.y],
    ],
    radius: [14, 20],
    softness: 6,
    strength: 0.95,
  });
  paintStroke(mask, {
    points: [
      [midline - 18, apexY + 20],
      [midline - 20, top + 12],
    ],
    radius: [10, 16],
    softness: 8,
    strength: 0.85,
  });
  return mask;
}

/** Neck, shoulders, chest wall and abdomen: 0 outside the body, thicker toward the middle. */
export function bodyThickness(anatomy: ChestAnatomy): Plane {
  const { apexY, bodyHalfWidth, halfWidth } = anatomy;
  const shoulders = Float32Array.from({ length: chestSize }, (_, y) => edgeCoverage(y - apexY, 50));
  const halfWidths = Array.from({ length: chestSize }, (_, y) => {
    const shoulder = 46 + (bodyHalfWidth + 26 - 46) / (1 + Math.exp(-(y - apexY + 6) / 7));
    return shoulder - 26 / (1 + Math.exp(-(y - apexY - 95) / 14));
  });
  return fillPlane(createPlane(chestSize, chestSize), (x, y) => {
    const edge = halfWidths[y]! - Math.abs(x - midline);
    const wall = Math.min(1, Math.max(0, edge / Math.max(40, halfWidths[y]! - halfWidth * 0.55)));
    const overLungs = 1 - 0.35 * edgeCoverage(halfWidth - Math.abs(x - midline), 60) * shoulders[y]!;
    return (
      edgeCoverage(edge, 5) * (0.25 + 0.75 * Math.sqrt(wall)) * overLungs * (0.84 + 0.16 * shoulders[y]!)
    );
  });
}
