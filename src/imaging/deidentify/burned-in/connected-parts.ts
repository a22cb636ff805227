/** A connected part of a mask: its bounding box, how many pixels it has, and in how many runs they stand in its rows. */
export type Part = { x: number; y: number; width: number; height: number; pixels: number; runs: number };

/** The parts of a mask whose pixels touch, corners included. */
export function findParts(mask: Uint8Array, { width, height }: { width: number; height: number }): Part[] {
  const rest = mask.slice();
  const stack = new Int32Array(mask.length);
  const parts: Part[] = [];
  for (let start = 0; start < rest.length; start++) {
    if (rest[start] === 0) continue;
    rest[start] = 0;
    stack[0] = start;
    let [depth, pixels, runs] = [1, 0, 0];
    let [left, right, top, bottom] = [width, 0, height, 0];
    while (depth > 0) {
      depth -= 1;
      const at = stack[depth]!;
      const [x, y] = [at % width, Math.trunc(at / width)];
      pixels += 1;
      if (x === 0 || mask[at - 1] === 0) runs += 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
          const next = row * width + column;
          if (rest[next] === 0) continue;
          rest[next] = 0;
          stack[depth] = next;
          depth += 1;
        }
      }
    }
    parts.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels, runs });
  }
  return parts;
}
