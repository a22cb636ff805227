import { vote } from "../cases/vote.ts";
import type { ExemplarPool, Neighbor } from "../few-shot/exemplar-pool.ts";
import type { Sample } from "../samples/sample.ts";
import { type Baseline, toShares } from "./baseline.ts";

const neighborsVoting = [1, 5, 20];
const most = Math.max(...neighborsVoting);

/**
 * The class of most of the nearest images (Cover and Hart 1967, doi 10.1109/TIT.1967.1053964), by exact cosine, without any of the query's
 * own patient, slide, group or image. Ties as `vote` has them. A question whose image cannot be compared has no answer.
 */
export const nearestNeighbors: readonly Baseline[] = neighborsVoting.map((number) => ({
  name: `nearest-${number}`,
  title: number === 1 ? "Class of the nearest image" : `Vote of the ${number} nearest images`,
  comparesImages: true,
  prepare({ samples, pool }) {
    const isComparable = (sample: Sample) => pool.nearest(sample, { places: [], top: 0 }) !== null;
    if (!samples.some(isComparable)) return null;
    return (sample) => {
      const neighbors = findNeighbors(pool, sample)?.slice(0, number) ?? [];
      const voters = neighbors.map(({ place, similarity }) => {
        return { class: pool.answers[place], score: similarity };
      });
      const winner = vote(voters, number);
      const label = sample.options.find(({ text }) => text === winner)?.label;
      if (label === undefined) return null;
      const counts = new Map<string, number>();
      for (const { class: name = "" } of voters) counts.set(name, (counts.get(name) ?? 0) + 1);
      return { label, probabilities: toShares(counts, sample) };
    };
  },
}));

/** The votes differ in how many of them they ask. */
const found = new WeakMap<ExemplarPool, WeakMap<Sample, readonly Neighbor[] | null>>();

function findNeighbors(pool: ExemplarPool, sample: Sample): readonly Neighbor[] | null {
  const known = found.get(pool) ?? new WeakMap<Sample, readonly Neighbor[] | null>();
  found.set(pool, known);
  const before = known.get(sample);
  if (before !== undefined) return before;
  const barred = pool.barredFor(sample);
  const classes = new Set(sample.options.map(({ text }) => text));
  const places = [...pool.samples.keys()].filter(
    (place) => !barred.has(place) && classes.has(pool.answers[place]!),
  );
  const nearest = pool.nearest(sample, { places, top: most });
  known.set(sample, nearest);
  return nearest;
}
