import { builtInDescriptor, fitSimilarity } from "#imaging";
import type { Picture } from "./read-sets.ts";

/** A way to compare: made for a library, it says how similar two pictures are. */
export type Way = {
  name: string;
  learn(library: readonly number[]): (query: number, position: number) => number;
};

/** The plain baseline, the descriptor as it is and fitted, and where the pictures are encoded, the encoder alone and beside it. */
export function listWays(pictures: readonly Picture[], encoder?: string): Way[] {
  const ways = [
    compareAsTheyAre("color histogram + HOG + LBP", pictures, ({ baseline }) => baseline),
    compareAsTheyAre("descriptor, not fitted", pictures, ({ descriptor }) => descriptor),
    compareFitted("descriptor, fitted", pictures, ({ descriptor }) => ({ descriptor, encoded: [] })),
  ];
  if (encoder === undefined) return ways;
  const nothing = new Float32Array(builtInDescriptor.dimension);
  return [
    ...ways,
    compareFitted(`${encoder} alone, fitted`, pictures, ({ encoded }) => ({
      descriptor: nothing,
      encoded: [encoded],
    })),
    compareFitted(`descriptor + ${encoder}, fitted`, pictures, ({ descriptor, encoded }) => ({
      descriptor,
      encoded: [encoded],
    })),
  ];
}

/** Cosines of vectors that do not depend on the library, each computed once. */
function compareAsTheyAre(
  name: string,
  pictures: readonly Picture[],
  vectorOf: (picture: Picture) => Float32Array,
): Way {
  const known = new Map<number, Float64Array>();
  const cosine = (query: number, position: number) => {
    const row = known.get(query) ?? new Float64Array(pictures.length).fill(Number.NaN);
    known.set(query, row);
    if (Number.isNaN(row[position])) {
      row[position] = dot(vectorOf(pictures[query]!), vectorOf(pictures[position]!));
    }
    return row[position]!;
  };
  return { name, learn: () => cosine };
}

type Seen = { descriptor: Float32Array; encoded: (Float32Array | undefined)[] };

function compareFitted(name: string, pictures: readonly Picture[], see: (picture: Picture) => Seen): Way {
  const dimension = pictures[0]?.encoded?.length ?? 0;
  const encoders = see(pictures[0]!).encoded.map(() => ({ id: "encoder", fingerprint: "", dimension }));
  const learn = (library: readonly number[]) => {
    const fit = fitSimilarity({
      encoders,
      cases: library.map((position) => {
        const picture = pictures[position]!;
        return { ...see(picture), labels: picture.labels };
      }),
    });
    const projected = new Map<number, Float32Array>();
    const project = (position: number) => {
      const vector = projected.get(position) ?? fit.project(see(pictures[position]!));
      projected.set(position, vector);
      return vector;
    };
    return (query: number, position: number) => dot(project(query), project(position));
  };
  // Several tasks of one set have the same libraries.
  const learned = new Map<string, ReturnType<typeof learn>>();
  return {
    name,
    learn: (library) => {
      const known = learned.get(library.join()) ?? learn(library);
      learned.set(library.join(), known);
      return known;
    },
  };
}

function dot(first: Float32Array, second: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += first[at]! * second[at]!;
  return sum;
}
