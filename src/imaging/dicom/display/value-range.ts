/** How many pixels have each value. */
export type Histogram = { values: Float64Array; counts: ArrayLike<number> };

/**
 * The values below which 1 % and 99 % of the pixels lie; the least and the greatest where these are one value. What is no number does
 * not count.
 */
export function percentileRange({ values, counts }: Histogram): { lowest: number; highest: number } {
  const order = Uint32Array.from(values.keys()).filter(
    (index) => counts[index]! > 0 && Number.isFinite(values[index]!),
  );
  order.sort((one, other) => values[one]! - values[other]!);
  let total = 0;
  for (const index of order) total += counts[index]!;
  const valueAt = (share: number) => {
    let below = 0;
    for (const index of order) {
      below += counts[index]!;
      if (below >= share * total) return values[index]!;
    }
    return 0;
  };
  const [lowest, highest] = [valueAt(0.01), valueAt(0.99)];
  if (lowest < highest) return { lowest, highest };
  return { lowest: values[order[0] ?? 0] ?? 0, highest: values[order.at(-1) ?? 0] ?? 0 };
}
