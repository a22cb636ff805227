import { createPlane, edgeCoverage, type Plane, type Point, paintStroke, smoothStep } from "./canvas.ts";
import { type ChestAnatomy, chestSize, lateralEdge, midline } from "./chest-anatomy.ts";

const ribPairs = 10;
const directions = [-1, 1] as const;

/** Paints a band of bone along `center`, denser at its two edges, where the X-ray runs along the cortex. */
function paintRib(
  plane: Plane,
  rib: {
    direction: -1 | 1;
    from: number;
    to: number;
    center: (across: number) => number;
    half: number;
    strength: number;
  },
): void {
  for (let across = Math.ceil(rib.from); across <= rib.to; across++) {
    const x = midline + rib.direction * across;
    const fade = smoothStep(rib.from - 1, rib.from + 18, across);
    const y = rib.center(across);
    const half = rib.half * Math.hypot(1, rib.center(across + 1) - y);
    for (
      let row = Math.max(0, Math.floor(y - half - 2));
      row <= Math.min(chestSize - 1, y + half + 2);
      row++
    ) {
      const away = Math.abs(row - y);
      const cortex = 0.62 + 0.38 * edgeCoverage(away - half + 2.2, 2.4);
      const index = row * chestSize + x;
      const value = rib.strength * fade * cortex * edgeCoverage(half - away, 1.8);
      if (value > (plane.data[index] ?? 0)) plane.data[index] = value;
    }
  }
}

function paintRibs(plane: Plane, anatomy: ChestAnatomy): void {
  for (const direction of directions) {
    for (let pair = 0; pair < ribPairs; pair++) {
      const start = anatomy.apexY + 2 + pair * anatomy.ribSpacing;
      const reach = lateralEdge(anatomy, start + 14) + 3;
      const turn = start + 16 + pair * 1.5;
      const posterior = (across: number) => {
        const t = across / reach;
        return start - 13 * Math.sin(Math.PI * t * 0.9) + (turn - start + 4) * t ** 3.2;
      };
      paintRib(plane, { direction, from: 12, to: reach, center: posterior, half: 4.6, strength: 1 });
      if (pair > 7) continue;
      const anterior = (across: number) => {
        const t = (reach - across) / reach;
        return posterior(reach) + (24 + pair * 3.2) * t ** 0.75;
      };
      paintRib(plane, {
        direction,
        from: reach * 0.42,
        to: reach,
        center: anterior,
        half: 5,
        strength: 0.55,
      });
    }
  }
}

/** Ribs, clavicles, shoulder blades and spine, as a mask of bone density. */
export function skeletonMask(anatomy: ChestAnatomy): Plane {
  const plane = createPlane(chestSize, chestSize);
  const { apexY, bodyHalfWidth, clavicleTilt } = anatomy;
  paintRibs(plane, anatomy);
  for (const direction of directions) {
    const at = (across: number, y: number): Point => [midline + direction * across, y];
    paintStroke(plane, {
      points: [
        at(17, apexY + 42),
        at(36, apexY + 36),
        at(70, apexY + 28),
        at(105, apexY + 13 - clavicleTilt),
        at(142, apexY + 6 - clavicleTilt),
      ],
      radius: [7, 4.5],
      softness: 2.5,
    });
    paintStroke(plane, {
      points: [
        at(bodyHalfWidth - 20, apexY + 18),
        at(bodyHalfWidth - 34, apexY + 70),
        at(bodyHalfWidth - 52, apexY + 128),
      ],
      radius: [13, 4],
      softness: 7,
      strength: 0.4,
    });
    paintStroke(plane, {
      points: [at(bodyHalfWidth + 4, apexY + 14), at(bodyHalfWidth + 22, apexY + 40)],
      radius: [15, 11],
      softness: 4,
      strength: 0.75,
    });
  }
  for (let vertebra = -2; vertebra < 15; vertebra++) {
    const top = apexY + 4 + vertebra * 23.5;
    const half = 12 + vertebra * 0.35;
    paintStroke(plane, {
      points: [
        [midline, top + 3],
        [midline, top + 19],
      ],
      radius: [half, half],
      softness: 3,
      strength: 0.34,
    });
    paintStroke(plane, {
      points: [
        [midline, top + 8],
        [midline, top + 15],
      ],
      radius: [2.6, 2.2],
      strength: 0.5,
    });
  }
  return plane;
}
