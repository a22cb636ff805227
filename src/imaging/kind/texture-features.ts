import { type SmallPicture, pictureSide as side } from "./shrink-picture.ts";

const orientations = 6;
const strongFrom = 40;
const flatBelow = 1;
const scales = 4;

/**
 * Edges and grain: how steep the intensity is, in which directions (shares weighted by steepness, directions of 0–180°), how much is
 * perfectly flat as in drawings, how often lines alternate as in letters, and how much detail each of four scales holds.
 */
export function textureFeatures({ luma }: SmallPicture): Record<string, number> {
  const directions = new Float64Array(orientations);
  let [total, strong, flat, alternating] = [0, 0, 0, 0];
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const cell = y * side + x;
      const dx = (luma[cell + 1]! - luma[cell - 1]!) / 2;
      const dy = (luma[cell + side]! - luma[cell - side]!) / 2;
      const steepness = Math.sqrt(dx * dx + dy * dy);
      total += steepness;
      if (steepness > strongFrom) strong++;
      const here = luma[cell]!;
      const before = here - luma[cell - 1]!;
      const after = here - luma[cell + 1]!;
      if (before * after > 0 && Math.min(Math.abs(before), Math.abs(after)) > strongFrom / 2) alternating++;
      if (steepness < flatBelow) {
        flat++;
        continue;
      }
      const turn = Math.atan2(dy, dx) / Math.PI + 1;
      directions[Math.floor(turn * orientations + 0.5) % orientations]! += steepness;
    }
  }
  const count = (side - 2) * (side - 2);
  return {
    steepness: Math.log1p(total / count),
    "strong edges": Math.sqrt(strong / count),
    "flat share": flat / count,
    alternation: Math.sqrt(alternating / count),
    ...Object.fromEntries(
      Array.from(directions, (sum, index) => [`direction ${index}`, sum / Math.max(1, total)]),
    ),
    ...detailFeatures(luma),
  };
}

/** Logarithm of the variance that is lost each time the picture is halved. */
function detailFeatures(luma: Float32Array): Record<string, number> {
  const features: Record<string, number> = {};
  let [plane, length] = [luma, side];
  for (let scale = 0; scale < scales; scale++) {
    const half = new Float32Array((length / 2) ** 2);
    let lost = 0;
    for (let y = 0; y < length; y += 2) {
      for (let x = 0; x < length; x += 2) {
        const start = y * length + x;
        const below = start + length;
        const [a, b, c, d] = [plane[start]!, plane[start + 1]!, plane[below]!, plane[below + 1]!];
        const mean = (a + b + c + d) / 4;
        half[(y / 2) * (length / 2) + x / 2] = mean;
        lost += (a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2 + (d - mean) ** 2;
      }
    }
    features[`detail ${scale}`] = Math.log10(1 + lost / (length * length));
    [plane, length] = [half, length / 2];
  }
  return features;
}
