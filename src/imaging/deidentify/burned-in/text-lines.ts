import type { Part } from "./connected-parts.ts";

/** Parts in a row that look like letters of one line: where it stands, and how many letters it has. */
export type TextLine = { x: number; y: number; width: number; height: number; letters: number };

const shortest = 6;
const tallest = 48;
/** Of letters that touch. */
const tallestWord = 24;

/**
 * Lines among the parts of a mask: letters of similar height that stand beside one another on one base line, at most about a letter
 * apart. Only the shape counts; nothing is read.
 */
export function findTextLines(parts: readonly Part[]): TextLine[] {
  const letters = parts.filter(isLetterLike).sort((one, other) => one.x - other.x);
  const used = new Set<Part>();
  const lines: TextLine[] = [];
  for (const [index, first] of letters.entries()) {
    if (used.has(first)) continue;
    const line = [first];
    for (const next of letters.slice(index + 1)) {
      const last = line.at(-1)!;
      if (next.x > last.x + last.width + 1.2 * last.height) break;
      if (!used.has(next) && continues(last, next)) line.push(next);
    }
    for (const letter of line) used.add(letter);
    lines.push(enclose(line));
  }
  return lines;
}

/** Strokes fill a part of their box: a filled box is a marker or a bar, a nearly empty one a long edge. */
function isLetterLike(part: Part): boolean {
  const { width, height, pixels } = part;
  const fill = pixels / (width * height);
  if (height < shortest || height > tallest || fill < 0.2 || width < 0.12 * height) return false;
  return width <= 1.4 * height ? fill <= 0.85 || width <= 0.4 * height : isWordLike(part, fill);
}

/** Small letters touch one another. A row through a word crosses about three strokes in two letters, one along an edge only one. */
function isWordLike({ width, height, runs }: Part, fill: number): boolean {
  const crossings = runs / height;
  return (
    height <= tallestWord &&
    width <= 12 * height &&
    fill <= 0.8 &&
    crossings >= Math.max(2, (0.9 * width) / height)
  );
}

function countLetters({ width, height, runs }: Part): number {
  return width <= 1.4 * height ? 1 : Math.max(1, Math.round(runs / height / 1.5));
}

function continues(last: Part, next: Part): boolean {
  const [low, high] = [Math.min(last.height, next.height), Math.max(last.height, next.height)];
  const offset = Math.abs(last.y + last.height - (next.y + next.height));
  return high <= 1.5 * low + 1 && offset <= 0.25 * high + 1 && next.x >= last.x + last.width - 0.2 * high;
}

function enclose(line: readonly Part[]): TextLine {
  const x = Math.min(...line.map((part) => part.x));
  const y = Math.min(...line.map((part) => part.y));
  const right = Math.max(...line.map((part) => part.x + part.width));
  const bottom = Math.max(...line.map((part) => part.y + part.height));
  return {
    x,
    y,
    width: right - x,
    height: bottom - y,
    letters: line.reduce((count, part) => count + countLetters(part), 0),
  };
}
