import type { CaseRetriever } from "#evaluation";
import {
  builtInDescriptor,
  type CaseEntry,
  fitSimilarity,
  type ImageEncoder,
  type SimilarityFit,
} from "#imaging";
import { createIndexRetriever } from "./index-retriever.ts";

/** What of an image takes part in the comparison. */
type View = (image: Parameters<SimilarityFit["project"]>[0]) => Parameters<SimilarityFit["project"]>[0];

/**
 * The built-in descriptor, each encoder alone, and all of them together; each is fitted anew on every library it is given, and on
 * nothing else.
 */
export function createFittedRetrievers(request: {
  entries: readonly CaseEntry[];
  encoders: readonly ImageEncoder[];
  patientIds: (query: number) => readonly string[];
}): CaseRetriever[] {
  const { entries, encoders, patientIds } = request;
  const create = (given: { name: string; view: View; encoders: readonly ImageEncoder[] }) =>
    createIndexRetriever({
      name: given.name,
      entries,
      patientIds,
      fitOn: (library) => {
        const fit = fitSimilarity({
          cases: library.map((position) => {
            const entry = entries[position]!;
            return { ...given.view(entry), labels: entry.labels };
          }),
          encoders: given.encoders.map(({ id, fingerprint, dimension }) => ({ id, fingerprint, dimension })),
        });
        return { ...fit, project: (image) => fit.project(given.view(image)) };
      },
    });
  const builtIn = create({
    name: "built-in",
    view: ({ descriptor }) => ({ descriptor, encoded: [] }),
    encoders: [],
  });
  if (encoders.length === 0) return [builtIn];
  // A descriptor of zeros says nothing of any image.
  const nothing = new Float32Array(builtInDescriptor.dimension);
  const alone = encoders.map((encoder, index) =>
    create({
      name: encoder.id,
      view: ({ encoded }) => ({ descriptor: nothing, encoded: [encoded[index]] }),
      encoders: [encoder],
    }),
  );
  const name = ["built-in", ...encoders.map(({ id }) => id)].join(" + ");
  return [builtIn, ...alone, create({ name, view: (image) => image, encoders })];
}
