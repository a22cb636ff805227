/** A source of numbers in [0, 1), for example from `createRandom`. */
export type Random = () => number;

export function between(random: Random, range: readonly [low: number, high: number]): number {
  return range[0] + (range[1] - range[0]) * random();
}

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** A normally distributed number of mean 0 and standard deviation 1, to three decimals' worth of tails (sum of uniforms). */
export function normal(random: Random): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}
