import { fingerprintLength } from "./fingerprint.ts";

/**
 * A case's vector in the store is its descriptor and its fingerprint side by side, each of unit length: by one of them cases are
 * alike, by the other they are the same picture.
 */
export function caseVector(parts: { descriptor: Float32Array; fingerprint: Float32Array }): Float32Array {
  return Float32Array.of(...parts.descriptor, ...parts.fingerprint);
}

/** The two parts of a case's vector, each of unit length, copied out of it. */
export function splitCaseVector(vector: Float32Array): {
  descriptor: Float32Array;
  fingerprint: Float32Array;
} {
  const border = vector.length - fingerprintLength;
  return { descriptor: vector.slice(0, border), fingerprint: vector.slice(border) };
}

export function caseVectorDimension(descriptorDimension: number): number {
  return descriptorDimension + fingerprintLength;
}
