import { sha256 } from "#platform";
import { isColored } from "../descriptor/index.ts";
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
  schema: 2;
  algorithm: 2;
  /** Preprocessing hash of the built-in descriptor. */
  descriptor: string;
  encoders: readonly { id: string; fingerprint: string }[];
  cases: number;
  /** One for all cases; or two, for gray pictures and for colored ones, of which blocks of one place have one dimension. */
  branches: readonly FitBranch[];
};

/** Of the descriptor, then of each encoder. */
export type FitBranch = readonly FitBlock[];

/** A fit with what it is made of, so that it can be kept. */
export type FittedSimilarity = SimilarityFit & { content: FitContent };

/**
 * The fit that works as `content` says. With two branches, half of a vector's square length says of which branch the picture is: the
 * similarity of two gray pictures, or of two colored ones, is then from 0 to 1, and a gray one is 0.5 at most similar to a colored one.
 */
export function createFit(content: FitContent): FittedSimilarity {
  const { branches } = content;
  const projections = branches.map(createBranchProjection);
  const markers = branches.length === 1 ? 0 : branches.length;
  const dimension = markers + branches[0]!.reduce((sum, block) => sum + block.dimension, 0);
  return {
    content,
    dimension,
    version: sha256(writeFit(content)).slice(0, 16),
    project: (image) => {
      const branch = markers > 0 && isColored(image.descriptor) ? 1 : 0;
      const projected = new Float32Array(dimension);
      projections[branch]!(image, projected.subarray(markers));
      if (markers > 0) projected[branch] = 1;
      return scaleTo(projected, 1);
    },
  };
}

type Image = Parameters<SimilarityFit["project"]>[0];

/** Writes an image's vector at unit length; zeros where nothing is told of it. */
function createBranchProjection(branch: FitBranch): (image: Image, into: Float32Array) => void {
  const projections = branch.map(createProjection);
  return ({ descriptor, encoded }, into) => {
    let start = 0;
    for (const [index, project] of projections.entries()) {
      const vector = index === 0 ? descriptor : encoded[index - 1];
      const end = start + branch[index]!.dimension;
      if (vector) project(vector, into.subarray(start, end));
      start = end;
    }
    scaleTo(into, 1);
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
