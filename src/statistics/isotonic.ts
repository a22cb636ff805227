/** A rising function of steps that are joined by lines: `x` ascends, `y` never falls. */
export type RisingFunction = readonly { x: number; y: number }[];

/**
 * The function that never falls and is nearest to the points in squares (isotonic regression by pool adjacent violators, Ayer et al. 1955;
 * for calibration: Zadrozny and Elkan 2002). Equal `x` count as one point of their mean. Throws `RangeError` without points
 * and on numbers that are not finite.
 */
export function fitIsotonic(points: readonly { x: number; y: number }[]): RisingFunction {
  if (points.length === 0) throw new RangeError("A rising function is fitted on at least one point.");
  if (points.some(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y)))
    throw new RangeError("Points must be finite.");
  const blocks: { from: number; to: number; mean: number; weight: number }[] = [];
  for (const { x, y } of points.toSorted((a, b) => a.x - b.x)) {
    const last = blocks.at(-1);
    if (last?.from === x && last.to === x) pool(last, { to: x, mean: y, weight: 1 });
    else blocks.push({ from: x, to: x, mean: y, weight: 1 });
  }
  const rising: typeof blocks = [];
  for (const block of blocks) {
    rising.push(block);
    for (let last = rising.at(-2); last && last.mean >= rising.at(-1)!.mean; last = rising.at(-2)) {
      pool(last, rising.pop()!);
    }
  }
  return rising.flatMap(({ from, to, mean }) =>
    from === to
      ? [{ x: from, y: mean }]
      : [
          { x: from, y: mean },
          { x: to, y: mean },
        ],
  );
}

/** The function at `x`; beyond its ends it stays as it is there. */
export function risingValue(points: RisingFunction, x: number): number {
  const next = points.findIndex((point) => point.x >= x);
  const right = points[next];
  const left = points[next - 1];
  if (right === undefined) return points.at(-1)?.y ?? x;
  if (left === undefined || right.x === x) return right.y;
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

function pool(
  block: { to: number; mean: number; weight: number },
  { to, mean, weight }: { to: number; mean: number; weight: number },
): void {
  block.mean = (block.mean * block.weight + mean * weight) / (block.weight + weight);
  block.weight += weight;
  block.to = to;
}
