import { kMeans } from "#statistics";

/**
 * Places of the vectors nearest to the centers of their groups, at most `each` of a group, in ascending order: many kinds of image, each by
 * its most typical ones (Med-RwR, arXiv 2510.18303, which took 2,000 groups).
 */
export function chooseNearCenters(request: {
  vectors: readonly ArrayLike<number>[];
  clusters: number;
  each: number;
  seed: number;
}): number[] {
  const { vectors, clusters, each, seed } = request;
  const { assignments, distances } = kMeans({ vectors, clusters, seed });
  const groups = Map.groupBy(vectors.keys(), (index) => assignments[index]!);
  const near = (one: number, other: number) => distances[one]! - distances[other]! || one - other;
  return [...groups.values()].flatMap((members) => members.sort(near).slice(0, each)).sort((a, b) => a - b);
}
