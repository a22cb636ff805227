import {
  createNoise,
  createPlane,
  edgeCoverage,
  fillPlane,
  type Plane,
  type Point,
  paintEllipse,
  paintStroke,
  smoothStep,
} from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import {
  type ChestAnatomy,
  chestSize,
  diaphragmY,
  lateralEdge,
  midline,
  type Side,
  sideOf,
} from "./chest-anatomy.ts";

export type Lobe = "right upper" | "right middle" | "right lower" | "left upper" | "left lower";

/** What is drawn into the chest beside the anatomy. */
export type ChestFinding =
  | { type: "none" }
  | { type: "consolidation"; lobe: Lobe }
  /** `height`: how far the fluid rises at the chest wall above the lateral end of the diaphragm, in millimeters. */
  | { type: "effusion"; side: Side; height: number }
  /** `gap`: greatest distance between lung edge and chest wall, in millimeters. */
  | { type: "pneumothorax"; side: Side; gap: number }
  /** `diameter` in millimeters; `height` is 0 at the lowest and 1 at the highest place where a nodule is drawn. */
  | { type: "nodule"; side: Side; diameter: number; height: number };

/** Masks over the whole image: tissue that displaces air, air without lung markings, and thin dense lines. */
export type FindingMasks = { opacity: Plane; bareAir: Plane; line: Plane };

const directionOf = (side: Side): -1 | 1 => (side === "right" ? -1 : 1);

/** Where a lobe projects on a frontal view: millimeters from the midline, height, and radii. */
function lobeArea(
  anatomy: ChestAnatomy,
  lobe: Lobe,
): { side: Side; across: number; y: number; wide: number; high: number } {
  const { halfWidth, apexY, domeY } = anatomy;
  const floor = domeY.right;
  if (lobe === "right upper")
    return { side: "right", across: halfWidth * 0.5, y: apexY + 62, wide: 56, high: 54 };
  if (lobe === "left upper")
    return { side: "left", across: halfWidth * 0.52, y: apexY + 66, wide: 54, high: 54 };
  if (lobe === "right middle")
    return { side: "right", across: halfWidth * 0.42, y: floor - 44, wide: 50, high: 44 };
  const side = lobe === "right lower" ? "right" : "left";
  return { side, across: halfWidth * 0.64, y: floor - 26, wide: 56, high: 54 };
}

function consolidation(random: Random, anatomy: ChestAnatomy, lobe: Lobe): Plane {
  const area = lobeArea(anatomy, lobe);
  const direction = directionOf(area.side);
  const x = midline + direction * area.across;
  const coarse = createNoise(random, { width: chestSize, height: chestSize, cell: 22 });
  const fine = createNoise(random, { width: chestSize, height: chestSize, cell: 8 });
  const bronchi = createPlane(chestSize, chestSize);
  for (let branch = 0; branch < 4; branch++) {
    const turn = between(random, [-0.9, 0.9]);
    const start: Point = [x - direction * 26, area.y - 14];
    const middle: Point = [x - direction * 4, area.y - 6 + turn * 12];
    const end: Point = [x + direction * 20, area.y + 2 + turn * 30];
    paintStroke(bronchi, { points: [start, middle, end], radius: [1.9, 0.7], softness: 2.2 });
  }
  // The horizontal fissure bounds the right upper lobe below and the middle lobe above.
  const fissure = anatomy.apexY + 98;
  return fillPlane(createPlane(chestSize, chestSize), (px, py, index) => {
    const reach = Math.hypot((px - x) / area.wide, (py - area.y) / area.high);
    if (reach > 1.6) return 0;
    const cloud = 1.25 - reach + 0.75 * (coarse.data[index]! - 0.5) + 0.35 * (fine.data[index]! - 0.5);
    let bound = 1;
    if (lobe === "right upper") bound = edgeCoverage(fissure - py + 0.08 * (px - x), 3);
    if (lobe === "right middle") bound = edgeCoverage(py - fissure - 6, 5);
    return smoothStep(0.1, 0.62, cloud) * bound * (0.92 - 0.42 * bronchi.data[index]!);
  });
}

function effusion(anatomy: ChestAnatomy, side: Side, height: number): Plane {
  const base = diaphragmY(anatomy, side, anatomy.halfWidth);
  return fillPlane(createPlane(chestSize, chestSize), (x, y) => {
    if (sideOf(x) !== side) return 0;
    // The meniscus: highest along the chest wall, lowest in the middle, a little higher toward the mediastinum.
    const t = Math.abs(x - midline) / lateralEdge(anatomy, Math.min(y, base));
    const level =
      base - height * (0.5 + 0.5 * Math.max(0, (t - 0.35) / 0.65) ** 3.2 + 0.12 * Math.max(0, 0.45 - t));
    return edgeCoverage(y - level, 7);
  });
}

/** The collapsed lung keeps its shape, away from the wall by up to `gap`, most at the apex. */
function pneumothorax(
  anatomy: ChestAnatomy,
  finding: { side: Side; gap: number },
): Pick<FindingMasks, "bareAir" | "line"> {
  const { apexY, domeY } = anatomy;
  const lungEdge = (x: number, y: number) => {
    const fall = smoothStep(apexY, domeY[finding.side] + 30, y);
    const gap = finding.gap * (1 - 0.72 * fall);
    const across = Math.abs(x - midline);
    const side = lateralEdge(anatomy, y) - gap - across;
    const apex = y - apexY - finding.gap * 0.85 - ((across - 34) / 12) ** 2 * 1.1;
    return Math.min(side, apex);
  };
  const edge = fillPlane(createPlane(chestSize, chestSize), (x, y) =>
    sideOf(x) === finding.side ? lungEdge(x, y) : 99,
  );
  return {
    bareAir: fillPlane(createPlane(chestSize, chestSize), (_x, _y, index) =>
      edgeCoverage(-edge.data[index]!, 2),
    ),
    line: fillPlane(createPlane(chestSize, chestSize), (_x, _y, index) =>
      edgeCoverage(1.3 - Math.abs(edge.data[index]!), 1.6),
    ),
  };
}

/** Where the nodule stands, away from heart and hilum. */
function nodule(anatomy: ChestAnatomy, finding: { side: Side; diameter: number; height: number }): Plane {
  const mask = createPlane(chestSize, chestSize);
  const lowest = anatomy.domeY.right - 55;
  const y = lowest - finding.height * (lowest - anatomy.apexY - 45);
  const x = midline + directionOf(finding.side) * lateralEdge(anatomy, y) * 0.7;
  const radius = finding.diameter / 2;
  for (const [dx, dy, share] of [
    [0, 0, 1],
    [0.25, -0.2, 0.85],
    [-0.22, 0.24, 0.85],
  ] as const) {
    const size = radius * share;
    paintEllipse(mask, {
      x: x + dx * radius,
      y: y + dy * radius,
      radiusX: size,
      radiusY: size * 0.94,
      softness: 5,
      strength: 0.85,
    });
  }
  return mask;
}

const empty = createPlane(chestSize, chestSize);

export function drawFinding(random: Random, anatomy: ChestAnatomy, finding: ChestFinding): FindingMasks {
  const masks: FindingMasks = { opacity: empty, bareAir: empty, line: empty };
  switch (finding.type) {
    case "none":
      return masks;
    case "consolidation":
      return { ...masks, opacity: consolidation(random, anatomy, finding.lobe) };
    case "effusion":
      return { ...masks, opacity: effusion(anatomy, finding.side, finding.height) };
    case "pneumothorax":
      return { ...masks, ...pneumothorax(anatomy, finding) };
    case "nodule":
      return { ...masks, opacity: nodule(anatomy, finding) };
  }
}
