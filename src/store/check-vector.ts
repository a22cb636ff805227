import { MedRoundsError } from "#contracts";

/** Stores take vectors of the wrong length in silence, so they are checked here. Throws `vector-invalid`. */
export function checkVector(request: { vector: Float32Array; dimension: number; owner: string }): void {
  const { vector, dimension, owner } = request;
  if (vector.length === dimension && vector.every(Number.isFinite)) return;
  throw new MedRoundsError(
    "vector-invalid",
    `The vector of ${owner} is not finite or has the wrong length.`,
    {
      expected: dimension,
      found: vector.length,
    },
  );
}
