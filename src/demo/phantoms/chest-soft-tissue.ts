import { createPlane, type Plane, type Point, paintEllipse, paintStroke } from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import { type ChestAnatomy, chestSize, diaphragmY, midline } from "./chest-anatomy.ts";

/** Vessels that leave the two hila, branch and taper. */
export function vesselMask(random: Random, anatomy: ChestAnatomy): Plane {
  const mask = createPlane(chestSize, chestSize);
  const hilumY = anatomy.apexY + 108;
  for (const direction of [-1, 1]) {
    const hilum: Point = [midline + direction * 36, hilumY - (direction === 1 ? 5 : 0)];
    paintStroke(mask, {
      points: [[hilum[0], hilum[1] - 12], hilum, [hilum[0] + direction * 8, hilum[1] + 26]],
      radius: [8, 6],
      softness: 8,
      strength: 0.95,
    });
    for (let vessel = 0; vessel < 10; vessel++) {
      const heading = -1.3 + (vessel / 9) * 2.7 + between(random, [-0.09, 0.09]);
      const length = between(random, [86, 104]);
      const bend = between(random, [-0.15, 0.15]);
      const at = (share: number, turn: number): Point => [
        hilum[0] + direction * length * share * Math.cos(heading + bend * share + turn),
        hilum[1] + length * 1.05 * share * Math.sin(heading + bend * share + turn),
      ];
      paintStroke(mask, {
        points: [hilum, at(0.35, 0), at(0.7, 0), at(1, 0)],
        radius: [2.5, 0.2],
        softness: 2.6,
      });
      const fork = between(random, [0.2, 0.35]) * (vessel % 2 === 0 ? 1 : -1);
      paintStroke(mask, {
        points: [at(0.45, 0), at(0.72, fork * 0.6), at(1, fork)],
        radius: [1.5, 0.4],
        softness: 2,
        strength: 0.8,
      });
    }
  }
  return mask;
}

export function airwayMask(anatomy: ChestAnatomy): Plane {
  const mask = createPlane(chestSize, chestSize);
  const carina = anatomy.apexY + 82;
  paintStroke(mask, {
    points: [
      [midline, 0],
      [midline - 2, carina],
    ],
    radius: [8, 7.5],
    softness: 5,
  });
  paintStroke(mask, {
    points: [
      [midline - 2, carina],
      [midline - 30, carina + 26],
    ],
    radius: [6, 5],
    softness: 5,
    strength: 0.8,
  });
  paintStroke(mask, {
    points: [
      [midline - 2, carina],
      [midline + 34, carina + 24],
    ],
    radius: [5.5, 4.5],
    softness: 5,
    strength: 0.8,
  });
  return mask;
}

/** The gas in the stomach, under the left dome. */
export function stomachMask(random: Random, anatomy: ChestAnatomy): Plane {
  const mask = createPlane(chestSize, chestSize);
  const across = between(random, [56, 74]);
  const y = diaphragmY(anatomy, "left", across) + 20;
  paintStroke(mask, {
    points: [
      [midline + across - 12, y + 4],
      [midline + across + 12, y],
    ],
    radius: [10, 9],
    softness: 9,
    strength: between(random, [0.2, 0.5]),
  });
  return mask;
}

export function breastMask(anatomy: ChestAnatomy): Plane {
  const mask = createPlane(chestSize, chestSize);
  const shape = {
    y: anatomy.domeY.right - 42,
    radiusX: 46,
    radiusY: 48,
    softness: 22,
    strength: anatomy.breast,
  };
  if (anatomy.breast > 0)
    for (const direction of [-1, 1]) paintEllipse(mask, { ...shape, x: midline + direction * 82 });
  return mask;
}
