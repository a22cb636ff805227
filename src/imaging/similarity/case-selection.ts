import {
  type CaseFilter,
  type CaseFilterIndex,
  type CaseSubset,
  foldValue,
  subsetAt,
  subsetOf,
  type UnknownValue,
} from "./case-filter.ts";
import type { CaseExclusions, ImageQuery } from "./case-query.ts";
import type { RelationIndex, RelationQuery } from "./relations.ts";

/** The cases that a search compares, and what it leaves out. */
export type CaseSelection = {
  /** Those that pass the filter and are not related to the images. */
  subset: CaseSubset;
  excluded: CaseExclusions;
  /** The same patient's other cases that pass the filter. */
  samePatient: CaseSubset;
  /** The filter's labels, or else those of all cases that pass it. */
  labels(): readonly string[];
  unknownValues: UnknownValue[];
};

// The first reason that holds is the one that counts.
const reasons = ["sameImage", "nearIdentical", "samePatient", "sameSlide"] as const;

/** What passes the filter, less what is related to any of the images. */
export function selectCases(request: {
  filters: CaseFilterIndex;
  relations: RelationIndex;
  filter?: CaseFilter | undefined;
  images?: readonly ImageQuery[];
}): CaseSelection {
  const { filters, relations, filter = {}, images = [] } = request;
  const { mask: passing, unknownValues } = filters.select(filter);
  const related = images.flatMap(identitiesOf).map((identity) => relations.relationsOf(identity));
  const mask = passing.slice();
  const found = { sameImage: 0, nearIdentical: 0, samePatient: 0, sameSlide: 0 };
  const samePatient: number[] = [];
  for (const reason of reasons) {
    for (const position of related.flatMap((relation) => relation[reason])) {
      if (mask[position] !== 1) continue;
      mask[position] = 0;
      found[reason]++;
      if (reason === "samePatient") samePatient.push(position);
    }
  }
  return {
    subset: subsetOf(mask),
    excluded: found,
    samePatient: subsetAt(
      samePatient.sort((a, b) => a - b),
      mask.length,
    ),
    labels: () =>
      filter.labels && filter.labels.length > 0
        ? [...new Map(filter.labels.map((label) => [foldValue(label), label])).values()]
        : filters.labelsOf(passing),
    unknownValues,
  };
}

/** Of the image, and of the box in it: a library may have either. */
function identitiesOf(image: ImageQuery): RelationQuery[] {
  const { patientIds = [], studyId = "", slideId = "", whole } = image;
  return [image, ...(whole ? [whole] : [])].map(({ fingerprint, pixelHash }) => {
    return { fingerprint, pixelHash, patientId: "", patientIds, studyId, slideId };
  });
}
