import type { Raster } from "#imaging";
import { createNoise, createPlane, edgeCoverage, fillPlane, type Plane, placePlane } from "./canvas.ts";
import { between, normal, type Random } from "./chance.ts";
import {
  bodyThickness,
  type ChestAnatomy,
  chestSize,
  diaphragmLine,
  lungDistance,
  mediastinumMask,
} from "./chest-anatomy.ts";
import { type ChestFinding, drawFinding, type FindingMasks } from "./chest-findings.ts";
import { skeletonMask } from "./chest-skeleton.ts";
import { airwayMask, breastMask, stomachMask, vesselMask } from "./chest-soft-tissue.ts";
import { burnLettering } from "./lettering.ts";

/** Density along each ray, in arbitrary units: tissue and bone add to it, air takes from it. */
function density(random: Random, anatomy: ChestAnatomy, masks: FindingMasks): Plane {
  const body = bodyThickness(anatomy);
  const lung = lungDistance(anatomy);
  const mediastinum = mediastinumMask(anatomy);
  const bones = skeletonMask(anatomy);
  const vessels = vesselMask(random, anatomy);
  const airways = airwayMask(anatomy);
  const stomach = stomachMask(random, anatomy);
  const texture = createNoise(random, { width: chestSize, height: chestSize, cell: 5 });
  const floors = diaphragmLine(anatomy);
  const breasts = breastMask(anatomy);
  return fillPlane(createPlane(chestSize, chestSize), (x, y, index) => {
    const inside = body.data[index]!;
    if (inside === 0) return 0;
    const lungs = edgeCoverage(lung.data[index]!, 4);
    const bare = masks.bareAir.data[index]!;
    const opacity = masks.opacity.data[index]!;
    const mass = mediastinum.data[index]!;
    const air = lungs * (1 - 0.97 * mass) * (1 - opacity);
    const belly = edgeCoverage(y - floors[x]!, 6) * (1 - 0.6 * stomach.data[index]!);
    const markings =
      lungs * (1 - bare) * (1 - mass) * (0.13 * vessels.data[index]! + 0.035 * (texture.data[index]! - 0.5));
    return (
      inside * (0.64 + 0.1 * belly + 0.12 * mass) -
      air * (0.35 + 0.14 * bare) * (0.82 + 0.18 * edgeCoverage(lung.data[index]! - 14, 28)) -
      0.1 * airways.data[index]! * inside +
      markings * (1 - opacity) +
      0.15 * lungs * masks.line.data[index]! +
      bones.data[index]! * inside * 0.19 +
      0.07 * breasts.data[index]!
    );
  });
}

/** A frontal chest image of 384 by 384 gray pixels: the patient's anatomy and finding, the day's position and exposure. */
export function drawChest(options: { anatomy: ChestAnatomy; finding: ChestFinding; random: Random }): Raster {
  const { anatomy, finding, random } = options;
  const masks = drawFinding(random, anatomy, finding);
  const placed = placePlane(density(random, anatomy, masks), {
    rotation: between(random, [-0.02, 0.02]),
    scale: between(random, [0.98, 1.02]),
    shiftX: between(random, [-4, 4]),
    shiftY: between(random, [-3, 4]),
  });
  const gain = between(random, [1.13, 1.16]);
  const gamma = between(random, [1.09, 1.13]);
  const grain = 0.005;
  const data = new Uint8Array(placed.data.length);
  for (let index = 0; index < data.length; index++) {
    const bright = Math.max(0, placed.data[index]! * gain) ** gamma;
    const noisy = 0.02 + bright + grain * normal(random) * (0.4 + bright);
    data[index] = Math.min(255, Math.max(0, 255 * noisy));
  }
  const raster: Raster = { width: chestSize, height: chestSize, channels: 1, data };
  burnLettering(raster);
  return raster;
}
