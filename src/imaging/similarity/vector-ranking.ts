import { MedRoundsError } from "#contracts";
import type { CaseSubset } from "./case-filter.ts";
import { type ComesFirst, createBestCases, type RankedCase } from "./ranked-cases.ts";

/** USearch compares a case so many times as fast as a loop here; but it compares all of them. */
const speed = 4;

/** Up to so many cases a loop takes less than a fifth of a millisecond. */
const fewCases = 2_000;

/** With more candidates than these, comparing them again takes longer than a loop does. */
const mostCandidates = 8_192;

/** Candidates beyond those that are sure to be needed, so that ties at the end seldom call for the loop. */
const spareCandidates = 64;

/** Vectors of unit length at the positions of cases; some cases may have none. */
export type VectorRanking = {
  dimension: number;
  bytes: number;
  /** The cosine of two cases. */
  cosine(a: number, b: number): number;
  /**
   * The cases of the subset nearest to any of the queries, best first, exactly: a case scores its highest cosine with one of them,
   * −1 to 1; a case without a vector scores nothing and is left out. Ties are broken by `comesFirst`. Throws `vector-invalid`.
   */
  rank(request: { queries: readonly Float32Array[]; subset: CaseSubset; top: number }): RankedCase[];
};

/**
 * Ranks by the inner product in memory. Where many cases count, USearch's exact search (SIMD, float32) over all names candidates,
 * which are compared again here; they decide only where the last of them is so far behind that none can be missing. Else, and where
 * few cases count, each is compared.
 */
export async function createVectorRanking(request: {
  /** One a case, in the order of positions. */
  vectors: readonly (Float32Array | undefined)[];
  size: number;
  dimension: number;
  comesFirst: ComesFirst;
}): Promise<VectorRanking> {
  const { vectors, size, dimension, comesFirst } = request;
  const { exactSearch, MetricKind } = await import("usearch");
  const matrix = new Float32Array(size * dimension);
  const present = new Uint8Array(size);
  let isEmpty = true;
  for (const [position, vector] of vectors.entries()) {
    if (!vector) continue;
    checkVector(vector, dimension);
    matrix.set(vector, position * dimension);
    present[position] = 1;
    isEmpty = false;
  }
  // Twice what float32 can lose over a sum of so many products of unit vectors.
  const margin = dimension * 2 ** -23;

  const score = (queries: readonly Float32Array[], position: number) => {
    const from = position * dimension;
    let best = -1;
    for (let at = 0; at < queries.length; at++) {
      best = Math.max(best, dot({ matrix, from, query: queries[at] as Float32Array }));
    }
    return Math.min(best, 1);
  };

  const compareAll = (queries: readonly Float32Array[], { positions }: CaseSubset, top: number) => {
    const best = createBestCases(top, comesFirst);
    for (let at = 0; at < positions.length; at++) {
      const position = positions[at] as number;
      if (present[position] === 1) best.offer(position, score(queries, position));
    }
    return best.sorted();
  };

  /** The best of the candidates; undefined where a case that is none of them may be as good. */
  const compareCandidates = (request: {
    queries: readonly Float32Array[];
    subset: CaseSubset;
    top: number;
    candidates: number;
  }) => {
    const { queries, subset, top, candidates } = request;
    const best = createBestCases(top, comesFirst);
    const seen = new Set<number>();
    let highestMissing = -Infinity;
    for (const query of queries) {
      const { keys, distances } = exactSearch(matrix, query, dimension, candidates, MetricKind.IP, 1);
      highestMissing = Math.max(highestMissing, 1 - (distances.at(-1) ?? -1) + margin);
      for (const key of keys) {
        const position = Number(key);
        if (subset.mask[position] !== 1 || present[position] !== 1 || seen.has(position)) continue;
        seen.add(position);
        best.offer(position, score(queries, position));
      }
    }
    const found = best.sorted();
    return found.length === top && (found.at(-1)?.score ?? -1) > highestMissing ? found : undefined;
  };

  return {
    dimension,
    bytes: matrix.byteLength + present.byteLength,
    cosine: (a, b) => {
      const query = matrix.subarray(b * dimension, (b + 1) * dimension);
      return Math.min(1, dot({ matrix, from: a * dimension, query }));
    },
    rank({ queries, subset, top }) {
      if (isEmpty || top < 1 || queries.length === 0) return [];
      for (const query of queries) checkVector(query, dimension);
      const { count } = subset;
      if (count > Math.max(fewCases, size / speed)) {
        // At first for what is left out being like the rest; where it is what is nearest, for more of it.
        const likely = spareCandidates + 2 * top * (size / count);
        for (let guess = likely; guess <= mostCandidates; guess *= 8) {
          const candidates = Math.ceil(Math.min(guess, top + size - count + spareCandidates, size));
          const found = compareCandidates({ queries, subset, top, candidates });
          if (found) return found;
        }
      }
      return compareAll(queries, subset, top);
    },
  };
}

function checkVector(vector: Float32Array, expected: number): void {
  if (vector.length === expected && vector.every(Number.isFinite)) return;
  const message = "A vector of an image or a text is not finite or has the wrong length.";
  throw new MedRoundsError("vector-invalid", message, { expected, found: vector.length });
}

function dot(request: { matrix: Float32Array; from: number; query: Float32Array }): number {
  const { matrix, from, query } = request;
  let even = 0;
  let odd = 0;
  let at = 0;
  for (const last = query.length - 1; at < last; at += 2) {
    even += (matrix[from + at] as number) * (query[at] as number);
    odd += (matrix[from + at + 1] as number) * (query[at + 1] as number);
  }
  return at < query.length ? even + odd + (matrix[from + at] as number) * (query[at] as number) : even + odd;
}
