import type { Raster } from "../../raster.ts";
import { findBrightStrokes } from "./bright-strokes.ts";
import { findParts } from "./connected-parts.ts";
import { grayPlane, halvePlane, invertPlane, type Plane } from "./plane.ts";
import { findTextLines, type TextLine } from "./text-lines.ts";

/** Lines of text that seem to stand in the pixels, in pixels of the picture that was given; the longest one first. */
export type BurnedInText = { found: boolean; lines: TextLine[] };

/** Chosen on the half of the images that docs/quality-burned-in.md names. */
const strokes = { radius: 4, contrast: 32, grain: 5 };
const fewestLetters = 4;
const longestSide = 1024;

/**
 * Looks for text in a rendered picture by its shape: thin strokes of high contrast, bright or dark, in parts of similar height on one
 * base line. It doesn't read. Finds lines of four letters or more between 6 and about 100 pixels high, horizontal;
 * a marker of one letter is not text here. What it misses and what it wrongly finds is measured in docs/quality-burned-in.md: a
 * picture without a finding may still show a name.
 */
export function findBurnedInText(raster: Raster): BurnedInText {
  const lines: TextLine[] = [];
  let plane = grayPlane(raster);
  let scale = 1;
  while (Math.max(plane.width, plane.height) > longestSide) {
    plane = halvePlane(plane);
    scale *= 2;
  }
  for (const size of [plane, halvePlane(plane)]) {
    lines.push(...[...linesOf(size), ...linesOf(invertPlane(size))].map((line) => enlarge(line, scale)));
    scale *= 2;
  }
  const found = lines.filter(({ letters }) => letters >= fewestLetters);
  return { found: found.length > 0, lines: found.sort((one, other) => other.letters - one.letters) };
}

function linesOf(plane: Plane): TextLine[] {
  return findTextLines(findParts(findBrightStrokes(plane, strokes), plane));
}

function enlarge({ x, y, width, height, letters }: TextLine, scale: number): TextLine {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale, letters };
}
