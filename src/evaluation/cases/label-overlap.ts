/**
 * How much of their labels two cases share: the Jaccard index |A ∩ B| / |A ∪ B| (Jaccard 1912), 0 to 1; 1 for the same labels, 0 where
 * they share none and where either has none. Above 0 a case is relevant to the other. Each pair of sets is compared once.
 */
export function createLabelOverlap(
  cases: readonly { labels: readonly string[] }[],
): (a: number, b: number) => number {
  const sets: ReadonlySet<string>[] = [];
  const numbers = new Map<string, number>();
  const setOf = Int32Array.from(cases, ({ labels }) => {
    const unique = new Set(labels);
    const key = JSON.stringify([...unique].sort());
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(unique) - 1;
  });
  const rows: Float64Array[] = [];
  const rowOf = (set: number) =>
    (rows[set] ??= Float64Array.from(sets, (other) => jaccard(sets[set]!, other)));
  return (a, b) => rowOf(setOf[a]!)[setOf[b]!]!;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
