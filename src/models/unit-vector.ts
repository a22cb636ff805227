import { MedRoundsError } from "#contracts";

/**
 * Numbers as they came as a vector of length 1 in single precision.
 * @throws MedRoundsError `vector-invalid` where their count is not `dimension`, one is no finite number, or all are 0
 */
export function toUnitVector(values: ArrayLike<unknown>, dimension: number): Float32Array {
  if (values.length !== dimension) {
    throw invalid(`has ${values.length} numbers instead of ${dimension}`, {
      dimension,
      length: values.length,
    });
  }
  let sum = 0;
  for (let index = 0; index < dimension; index++) {
    const value = values[index];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw invalid(`holds something that is no finite number at position ${index}`, { dimension, index });
    }
    sum += value * value;
  }
  const length = Math.sqrt(sum);
  if (!(length > 1e-30) || !Number.isFinite(length)) {
    throw invalid(length > 1 ? "is too long for its length to be computed" : "is zero", { dimension });
  }
  return Float32Array.from(values as ArrayLike<number>, (value) => value / length);
}

function invalid(what: string, facts: Record<string, number>): MedRoundsError {
  return new MedRoundsError("vector-invalid", `A vector of the embedder ${what}.`, facts);
}
