import { pictureSide as side } from "./shrink-picture.ts";

/** A part of the small picture: right and bottom are the first column and row outside. */
export type Inside = { left: number; top: number; right: number; bottom: number };

/** A row or column belongs to a frame where this share is black or this share white, or where it is plain; a frame may hold writing. */
const frameShare = 0.88;
const black = 16;
const white = 240;
const plainSpread = 6;

/** What a frame around the picture leaves; the whole where that is less than a quarter of a side. */
export function insideFrame(luma: Float32Array): Inside {
  const isFrame = (start: number, step: number) => {
    let [dark, light, sum, squares] = [0, 0, 0, 0];
    for (let index = 0; index < side; index++) {
      const value = luma[start + index * step]!;
      if (value < black) dark++;
      if (value > white) light++;
      sum += value;
      squares += value * value;
    }
    const mean = sum / side;
    const isPlain = squares / side - mean * mean < plainSpread * plainSpread;
    return isPlain || Math.max(dark, light) > frameShare * side;
  };
  const inside = { left: 0, top: 0, right: side, bottom: side };
  while (inside.top < side && isFrame(inside.top * side, 1)) inside.top++;
  while (inside.bottom > inside.top && isFrame((inside.bottom - 1) * side, 1)) inside.bottom--;
  while (inside.left < side && isFrame(inside.left, side)) inside.left++;
  while (inside.right > inside.left && isFrame(inside.right - 1, side)) inside.right--;
  const isEnough = inside.right - inside.left >= side / 4 && inside.bottom - inside.top >= side / 4;
  return isEnough ? inside : { left: 0, top: 0, right: side, bottom: side };
}
