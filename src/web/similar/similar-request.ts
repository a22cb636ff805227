import type { SearchRequestBody } from "#contracts";
import { knownImage, type SimilarQuery } from "./similar-query.ts";

/** Most of the same patient's cases that are shown. */
const samePatientShown = 12;

/** What the server is asked. */
export function requestOf(query: SimilarQuery): SearchRequestBody {
  const { image, box, filter, onePerLabel, hidesAlike, top } = query;
  const { kind, modality, view, organ, label, corpus } = filter;
  const one = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return {
    known: knownImage(image),
    ...(box ? { box } : {}),
    filter: {
      facets: { kind: one(kind), modality: one(modality), view: one(view), organ: one(organ) },
      labels: one(label),
      corpora: one(corpus),
    },
    ...(onePerLabel ? { perLabel: 1 } : {}),
    diverse: hidesAlike,
    samePatient: samePatientShown,
    top,
  };
}
