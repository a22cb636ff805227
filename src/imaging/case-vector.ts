import { fingerprintLength } from "./fingerprint.ts";

/**
 * A case's vector is its descriptor and its fingerprint side by side, each of unit length. A query that is zero in one part
 * ranks by the cosine of the other alone, so that one exact search serves likeness and sameness.
 */
export function caseVector(parts: { descriptor: Float32Array; fingerprint: Float32Array }): Float32Array {
  return Float32Array.of(...parts.descriptor, ...parts.fingerprint);
}

export function caseVectorDimension(descriptorDimension: number): number {
  return descriptorDimension + fingerprintLength;
}

export function descriptorQuery(descriptor: Float32Array): Float32Array {
  return caseVector({ descriptor, fingerprint: new Float32Array(fingerprintLength) });
}

export function fingerprintQuery(fingerprint: Float32Array, descriptorDimension: number): Float32Array {
  return caseVector({ descriptor: new Float32Array(descriptorDimension), fingerprint });
}

/** The cosine of the parts that were compared, from that of the whole vectors, of which a case's has the length √2. */
export function partCosine(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine * Math.SQRT2));
}
