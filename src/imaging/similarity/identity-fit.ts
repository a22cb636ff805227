import { createHash } from "node:crypto";
import { MedRoundsError } from "#contracts";
import { builtInDescriptor } from "../descriptor/index.ts";
import type { SimilarityFit } from "./similarity-fit.ts";

// Stands in until fit-similarity.ts is there.
export function fitSimilarity(request: {
  cases: readonly {
    descriptor: Float32Array;
    encoded: readonly (Float32Array | undefined)[];
    labels: readonly string[];
    group: string;
  }[];
  encoders: readonly { id: string; fingerprint: string; dimension: number }[];
}): SimilarityFit {
  const version = createHash("sha256")
    .update(JSON.stringify(request.cases.map(({ group }) => group)))
    .digest("hex")
    .slice(0, 16);
  return identityFit(version, builtInDescriptor.dimension);
}

function identityFit(version: string, dimension: number): SimilarityFit {
  return { version, dimension, project: ({ descriptor }) => descriptor };
}

export function serializeFit({ version, dimension }: SimilarityFit): string {
  return JSON.stringify({ version, dimension });
}

export function parseFit(text: string): SimilarityFit {
  const { version, dimension } = JSON.parse(text) as { version: string; dimension: number };
  if (typeof version !== "string") throw new MedRoundsError("library-unreadable", "damaged");
  return identityFit(version, dimension);
}
