import type { Box } from "./comparison.ts";

/** Where in a picture a box lies, in words: “upper left”, “center”. Left is the picture’s left, as it is seen. */
export function namePlace({ x, y, width, height }: Box): string {
  const row = ["upper", "middle", "lower"][third(y + height / 2)];
  const column = ["left", "center", "right"][third(x + width / 2)];
  return row === "middle" && column === "center" ? "center" : `${row} ${column}`;
}

function third(share: number): number {
  return Math.min(2, Math.max(0, Math.floor(share * 3)));
}
