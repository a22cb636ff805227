import type { Inside } from "./inside-frame.ts";
import { type SmallPicture, pictureSide as side } from "./shrink-picture.ts";

const bins = 8;
const nearBlack = 12;
const nearWhite = 243;

/** The shape of the histogram of intensity inside a frame: shares of eight bins and of near-black and near-white, mean, spread, entropy (bits of 32 bins). */
export function intensityFeatures(
  { luma }: Pick<SmallPicture, "luma">,
  { left, top, right, bottom }: Inside,
): Record<string, number> {
  const fine = new Float64Array(32);
  let [black, white, sum, squares] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = luma[y * side + x]!;
      if (value < nearBlack) black++;
      if (value > nearWhite) white++;
      sum += value;
      squares += value * value;
      fine[Math.min(31, Math.floor(value / 8))]! += 1;
    }
  }
  const count = (right - left) * (bottom - top);
  const mean = sum / count;
  const shares = Array.from(fine, (cell) => cell / count);
  const coarse = Array.from({ length: bins }, (_, bin) =>
    shares.slice(bin * 4, bin * 4 + 4).reduce((total, share) => total + share, 0),
  );
  return {
    "near black": black / count,
    "near white": white / count,
    "intensity mean": mean / 255,
    "intensity spread": Math.sqrt(Math.max(0, squares / count - mean * mean)) / 255,
    entropy: -shares.reduce((bits, share) => (share > 0 ? bits + share * Math.log2(share) : bits), 0),
    ...Object.fromEntries(coarse.map((share, bin) => [`intensity ${bin}`, share])),
  };
}
