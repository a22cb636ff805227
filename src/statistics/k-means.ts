import { createRandom } from "./random.ts";

/** Groups of vectors: their centers, and of each vector the number of its center and the squared distance to it. */
export type Clusters = {
  centers: readonly Float64Array[];
  assignments: Uint32Array;
  distances: Float64Array;
};

type Vector = ArrayLike<number>;

/**
 * Groups vectors of one length around centers by Lloyd's algorithm, seeded as k-means++ (Arthur and Vassilvitskii 2007): deterministic
 * for a seed. There are fewer centers than `clusters` where fewer vectors differ. Throws `RangeError` where lengths differ.
 */
export function kMeans(request: {
  vectors: readonly Vector[];
  /** At least 1. */
  clusters: number;
  seed: number;
  /** At the most; 50 unless told. It ends earlier once nothing moves. */
  iterations?: number;
}): Clusters {
  const { vectors, clusters, seed, iterations = 50 } = request;
  const [first] = vectors;
  if (vectors.some(({ length }) => length !== first?.length)) {
    throw new RangeError("Vectors that are grouped must have one length.");
  }
  const assignments = new Uint32Array(vectors.length);
  const distances = new Float64Array(vectors.length);
  const centers = chooseCenters(vectors, clusters, createRandom(seed));
  for (let iteration = 0; ; iteration++) {
    const moved = assign(vectors, centers, { assignments, distances });
    if ((iteration > 0 && moved === 0) || iteration >= iterations) break;
    moveCenters(vectors, centers, { assignments, distances });
  }
  return { centers, assignments, distances };
}

/** Each further center is a vector drawn by its squared distance to the nearest one so far. */
function chooseCenters(vectors: readonly Vector[], clusters: number, random: () => number): Float64Array[] {
  const [first] = vectors;
  if (!first) return [];
  const nearest = new Float64Array(vectors.length).fill(Number.POSITIVE_INFINITY);
  const centers: Float64Array[] = [];
  let next: Vector | undefined = vectors[Math.floor(random() * vectors.length)];
  while (next) {
    const center = Float64Array.from(next);
    centers.push(center);
    let total = 0;
    for (const [index, vector] of vectors.entries()) {
      nearest[index] = Math.min(nearest[index]!, squaredDistance(vector, center));
      total += nearest[index]!;
    }
    next = undefined;
    if (centers.length >= clusters || total === 0) break;
    let left = random() * total;
    for (const [index, vector] of vectors.entries()) {
      if (nearest[index] === 0) continue;
      next = vector;
      left -= nearest[index]!;
      if (left < 0) break;
    }
  }
  return centers;
}

type Membership = Pick<Clusters, "assignments" | "distances">;

/** Gives the number of vectors that changed their center. */
function assign(
  vectors: readonly Vector[],
  centers: readonly Float64Array[],
  { assignments, distances }: Membership,
): number {
  let moved = 0;
  for (const [index, vector] of vectors.entries()) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [number, center] of centers.entries()) {
      const distance = squaredDistance(vector, center);
      if (distance < least) [best, least] = [number, distance];
    }
    if (assignments[index] !== best) moved++;
    assignments[index] = best;
    distances[index] = least;
  }
  return moved;
}

/** A center that lost all its vectors moves to the vector that is farthest from its own. */
function moveCenters(
  vectors: readonly Vector[],
  centers: readonly Float64Array[],
  { assignments, distances }: Membership,
): void {
  const counts = new Uint32Array(centers.length);
  for (const center of centers) center.fill(0);
  for (const [index, vector] of vectors.entries()) {
    const center = centers[assignments[index]!]!;
    counts[assignments[index]!]!++;
    for (let place = 0; place < vector.length; place++) center[place]! += vector[place]!;
  }
  for (const [number, center] of centers.entries()) {
    const count = counts[number]!;
    if (count > 0) {
      for (let place = 0; place < center.length; place++) center[place]! /= count;
      continue;
    }
    const farthest = distances.indexOf(distances.reduce((most, distance) => Math.max(most, distance), 0));
    center.set(vectors[farthest] ?? []);
    distances[farthest] = 0;
  }
}

function squaredDistance(vector: Vector, center: Vector): number {
  let sum = 0;
  for (let place = 0; place < center.length; place++) {
    const difference = vector[place]! - center[place]!;
    sum += difference * difference;
  }
  return sum;
}
