import type { Raster } from "#imaging";

/** Five columns by seven rows a letter, the word "SYNTHETIC" in one band; `#` is ink. */
const word = [
  ".####.#...#.#...#.#####.#...#.#####.#####.#####..###.",
  "#.....#...#.##..#...#...#...#.#.......#.....#...#...#",
  "#......#.#..#.#.#...#...#...#.#.......#.....#...#....",
  ".###....#...#..##...#...#####.####....#.....#...#....",
  "....#...#...#...#...#...#...#.#.......#.....#...#....",
  "....#...#...#...#...#...#...#.#.......#.....#...#...#",
  "####....#...#...#...#...#...#.#####...#...#####..###.",
];

const margin = 4;
const padding = 3;

/** The pixels that the word and its dark plate take, the same in every image. */
export const letteringArea = {
  left: margin,
  top: margin,
  width: word[0]!.length + 2 * padding,
  height: word.length + 2 * padding,
};

/** Burns the word "SYNTHETIC", light on a dark plate, into the upper left corner. */
export function burnLettering(raster: Raster): void {
  const { left, top, width, height } = letteringArea;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const ink = word[row - padding]?.[column - padding] === "#";
      const at = ((top + row) * raster.width + left + column) * raster.channels;
      raster.data.fill(ink ? 225 : 12, at, at + raster.channels);
    }
  }
}
