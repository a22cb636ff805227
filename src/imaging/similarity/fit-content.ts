import { sha256 } from "#platform";
import type { BlockMap } from "./fit-block.ts";
import { writeFit } from "./fit-text.ts";
import type { SimilarityFit } from "./similarity-fit.ts";

/** One kind of vector: what becomes of it, and its share of the similarity (0–1). Without a map it stays as it is. */
export type FitBlock = {
  width: number;
  dimension: number;
  share: number;
  /** How many vectors it was fitted on. */
  cases: number;
  map: BlockMap | null;
};

/** All that a fit is made of, as its file holds it. */
export type FitContent = {
  schema: 1;
  algorithm: 1;
  /** Preprocessing hash of the built-in descriptor. */
  descriptor: string;
  encoders: readonly { id: string; fingerprint: string }[];
  cases: number;
  /** Of the descriptor, then of each encoder. */
  blocks: readonly FitBlock[];
};

/** A fit with what it is made of, so that it can be kept. */
export type FittedSimilarity = SimilarityFit & { content: FitContent };

/** The fit that works as `content` says. */
export function createFit(content: FitContent): FittedSimilarity {
  const dimension = content.blocks.reduce((sum, block) => sum + block.dimension, 0);
  const projections = content.blocks.map(createProjection);
  return {
    content,
    dimension,
    version: sha256(writeFit(content)).slice(0, 16),
    project: ({ descriptor, encoded }) => {
      const projected = new Float32Array(dimension);
      let start = 0;
      for (const [index, project] of projections.entries()) {
        const vector = index === 0 ? descriptor : encoded[index - 1];
        const end = start + content.blocks[index]!.dimension;
        if (vector) project(vector, projected.subarray(start, end));
        start = end;
      }
      return scaleTo(projected, 1);
    },
  };
}

/** Writes what becomes of a vector, its length the root of the block's share; zeros for a vector of zeros. */
function createProjection({
  width,
  share,
  map,
}: FitBlock): (vector: Float32Array, into: Float32Array) => void {
  const length = Math.sqrt(share);
  if (!map) {
    return (vector, into) => {
      into.set(vector);
      scaleTo(into, length);
    };
  }
  const { mean, matrix } = map;
  const centered = new Float32Array(width);
  return (vector, into) => {
    let isTold = false;
    for (let at = 0; at < width; at++) {
      isTold ||= vector[at] !== 0;
      centered[at] = vector[at]! - mean[at]!;
    }
    if (!isTold) return;
    for (let row = 0, start = 0; row < into.length; row++, start += width) {
      let even = 0;
      let odd = 0;
      for (let at = 0; at < width - 1; at += 2) {
        even += matrix[start + at]! * centered[at]!;
        odd += matrix[start + at + 1]! * centered[at + 1]!;
      }
      if (width % 2 === 1) even += matrix[start + width - 1]! * centered[width - 1]!;
      into[row] = even + odd;
    }
    scaleTo(into, length);
  };
}

/** Brings the vector to a length, in place; a zero vector stays zero. */
function scaleTo(vector: Float32Array, length: number): Float32Array {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) squares += vector[at]! * vector[at]!;
  if (squares < 1e-24) return vector.fill(0);
  const scale = length / Math.sqrt(squares);
  for (let at = 0; at < vector.length; at++) vector[at]! *= scale;
  return vector;
}
