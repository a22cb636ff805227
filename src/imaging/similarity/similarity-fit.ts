/**
 * How a library compares its cases: a map from what an image gave (the built-in descriptor, then each image encoder's vector) to a
 * vector of unit length; the cosine of two such vectors is their similarity.
 */
export type SimilarityFit = {
  /** Another text for another map. */
  version: string;
  dimension: number;
  /** An encoder whose vector is undefined does not count. */
  project(image: { descriptor: Float32Array; encoded: readonly (Float32Array | undefined)[] }): Float32Array;
};
