import { knownIdentity } from "../identity.ts";
import type { CaseIdentity } from "./case-entry.ts";
import { createNearIdenticalIndex } from "./near-identical.ts";
import { createCropIndex } from "./near-identical-crops.ts";

/** The cases related to an image, as rising positions. A case that is the same image or nearly so may also be of the same patient. */
type Relations = {
  /** The same pixels. */
  sameImage: number[];
  /** The same picture in another form: another size, encoded again, mirrored, turned, if wanted cropped. Not the same pixels. */
  nearIdentical: number[];
  /** Of the same patient, or of one of the patient's studies. */
  samePatient: number[];
  sameSlide: number[];
};

/** `patientIds` are further ids of the patient, each of which may be the library's. */
export type RelationQuery = Omit<CaseIdentity, "descriptor"> & { patientIds?: readonly string[] };

export type RelationIndex = { relationsOf(query: RelationQuery): Relations };

type IdentityField = "pixelHash" | "patientId" | "studyId" | "slideId";

/**
 * Who is related to whom among the cases of a library. What the library knows of the same image counts as well: where an entry of the
 * image, its study or its slide names the patient, all of that patient's cases are related, and likewise its study and slide. Ids that
 * say nothing (an empty text, "unknown") equal no other. With `crops`, crops are looked for too, and may be mistaken: nothing is
 * concluded from them. A query among 100,000 cases takes under 2 ms of one core, with crops 7.
 */
export function createRelationIndex(
  identities: readonly Omit<CaseIdentity, "descriptor">[],
  { crops = false }: { crops?: boolean } = {},
): RelationIndex {
  const byPixels = lookup(identities, "pixelHash");
  const byPatient = lookup(identities, "patientId");
  const byStudy = lookup(identities, "studyId");
  const bySlide = lookup(identities, "slideId");
  const fingerprints = identities.map(({ fingerprint }) => fingerprint);
  const copies = createNearIdenticalIndex(fingerprints);
  const cropped = crops ? createCropIndex(fingerprints) : undefined;

  return {
    relationsOf({ pixelHash, patientId, patientIds = [], studyId, slideId, fingerprint }) {
      const sameImage = byPixels.find([pixelHash]);
      const same = new Set(sameImage);
      const own = rising([...sameImage, ...copies.find(fingerprint)]);
      const alike = rising([...own, ...(cropped?.find(fingerprint) ?? [])]);
      const sameStudy = byStudy.find([studyId, ...byStudy.values(own)]);
      const sameSlide = bySlide.find([slideId, ...bySlide.values(own)]);
      const patients = byPatient.values([...own, ...sameStudy, ...sameSlide]);
      return {
        sameImage,
        nearIdentical: alike.filter((position) => !same.has(position)),
        samePatient: rising([...byPatient.find([patientId, ...patientIds, ...patients]), ...sameStudy]),
        sameSlide,
      };
    },
  };
}

/** Finds cases by a field, and the field's values of cases; values that say nothing are in neither. */
function lookup(identities: readonly Pick<CaseIdentity, IdentityField>[], field: IdentityField) {
  const positions = new Map<string, number[]>();
  const known = identities.map((identity) => knownIdentity(identity[field]));
  for (const [position, value] of known.entries()) {
    if (value === undefined) continue;
    const others = positions.get(value);
    if (others) others.push(position);
    else positions.set(value, [position]);
  }
  return {
    find: (values: readonly string[]) =>
      rising(values.flatMap((value) => positions.get(knownIdentity(value) ?? "") ?? [])),
    values: (some: readonly number[]) => some.flatMap((position) => known[position] ?? []),
  };
}

function rising(positions: readonly number[]): number[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}
