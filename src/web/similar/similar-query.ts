import type { Box, Case, KnownImage } from "#contracts";

/** The image that cases are compared with: one of the round's, from 1, or that of a case. */
export type QueryImage =
  | { type: "round"; id: string; image: number; name: string }
  | { type: "case"; case: Case };

/** What cases can be narrowed to, in the order in which it is shown. */
export const filterFields = ["kind", "modality", "view", "organ", "label", "corpus"] as const;
export type FilterField = (typeof filterFields)[number];

export const filterNames: Readonly<Record<FilterField, string>> = {
  kind: "Kind",
  modality: "Modality",
  view: "View",
  organ: "Organ",
  label: "Label",
  corpus: "Library part",
};

/** What is asked for in the view of similar cases. */
export type SimilarQuery = {
  image: QueryImage;
  /** The part of the image that is asked about; null for all of it. */
  box: Box | null;
  filter: Readonly<Partial<Record<FilterField, string>>>;
  onePerLabel: boolean;
  hidesAlike: boolean;
  top: number;
};

export const pageOfCases = 24;

export function firstQuery(image: QueryImage): SimilarQuery {
  return { image, box: null, filter: {}, onePerLabel: false, hidesAlike: false, top: pageOfCases };
}

/** Another image to compare with; what cases are narrowed to stays. */
export function withImage(query: SimilarQuery, image: QueryImage): SimilarQuery {
  return { ...query, image, box: null, top: pageOfCases };
}

/** Narrowed by one more value, or by one less where it is null. */
export function withFilter(query: SimilarQuery, field: FilterField, value: string | null): SimilarQuery {
  const { [field]: _, ...others } = query.filter;
  return { ...query, filter: value === null ? others : { ...others, [field]: value }, top: pageOfCases };
}

export function withoutFilters(query: SimilarQuery): SimilarQuery {
  return { ...query, filter: {}, top: pageOfCases };
}

/** What cases are narrowed to, in the order of the fields. */
export function filtersOf({ filter }: SimilarQuery): { field: FilterField; value: string }[] {
  return filterFields.flatMap((field) => {
    const value = filter[field];
    return value === undefined ? [] : [{ field, value }];
  });
}

/** How the server is told of the image. */
export function knownImage(image: QueryImage): KnownImage {
  return image.type === "case"
    ? { type: "case", id: image.case.id }
    : { type: "round", id: image.id, image: image.image };
}

/** Whether two images are the same one. */
export function isSameImage(one: QueryImage, other: QueryImage): boolean {
  const [first, second] = [knownImage(one), knownImage(other)];
  return JSON.stringify(first) === JSON.stringify(second);
}
