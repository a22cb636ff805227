import { createRandom } from "#statistics";

/** How many dimensions the points truly vary in; text embeddings of 384 numbers vary in a few dozen. */
const rank = 64;
const clusterSize = 250;

/**
 * Unit vectors that are hard for an index of neighbors: clusters that overlap in a space of 64 dimensions, seen in `dimension`
 * through a random projection with noise. The same seed gives the same vectors; the first ones do not depend on how many follow.
 */
export function createHardVectors(request: {
  dimension: number;
  clusters: number;
  seed: number;
}): (count: number) => Float32Array {
  const { dimension, clusters, seed } = request;
  const random = createRandom(seed);
  const projection = gaussians(dimension * rank, random);
  const centers = gaussians(clusters * rank, random);
  return (count) => {
    const vectors = new Float32Array(count * dimension);
    const latent = new Float32Array(rank);
    for (let index = 0; index < count; index++) {
      const center = Math.floor(random() * clusters) * rank;
      for (let at = 0; at < rank; at++) latent[at] = (centers[center + at] ?? 0) + gaussian(random);
      const vector = vectors.subarray(index * dimension, (index + 1) * dimension);
      for (let row = 0; row < dimension; row++) {
        let sum = 2 * gaussian(random);
        for (let at = 0; at < rank; at++) sum += (projection[row * rank + at] ?? 0) * (latent[at] ?? 0);
        vector[row] = sum;
      }
      normalize(vector);
    }
    return vectors;
  };
}

/** How many clusters `createHardVectors` is to be given for so many vectors. */
export function hardClusters(count: number): number {
  return Math.ceil(count / clusterSize);
}

function gaussians(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => gaussian(random));
}

/** Close to normal, with variance 1: the sum of three uniform numbers. */
function gaussian(random: () => number): number {
  return 2 * (random() + random() + random() - 1.5);
}

function normalize(vector: Float32Array): void {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const factor = 1 / Math.sqrt(sum);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) * factor;
}
