import type { Case } from "#contracts";
import { splitCaseVector } from "./case-vector.ts";
import { knownIdentity } from "./identity.ts";
import type { CaseEntry, CaseFacet } from "./similarity/case-entry.ts";

/** What a search knows of a case, from its record and its rows. `vector` is the case's own: descriptor and fingerprint. */
export function caseToEntry(given: {
  case: Case;
  pixelHash: string;
  vector: Float32Array;
  encoded: readonly (Float32Array | undefined)[];
}): CaseEntry {
  const { case: found, pixelHash, vector, encoded } = given;
  const { id, corpus, labels, patientId = "", slideId = "", metadata } = found;
  return {
    id,
    corpus,
    pixelHash,
    patientId,
    slideId,
    studyId: knownIdentity(readField(metadata, ["studyId", "study_id"])) ?? "",
    labels: labels.filter(({ status }) => status === "present").map(({ name }) => name),
    facets: facetsOf(found),
    ...splitCaseVector(vector),
    encoded,
  };
}

/** From a DICOM file's own terms, or from the fields of a manifest's row; the first one there counts. */
const fieldsOfFacets: Record<Exclude<CaseFacet, "kind">, readonly string[]> = {
  modality: ["modality"],
  view: ["view", "plane"],
  organ: ["organ", "bodyPart", "body_part"],
};

function facetsOf(found: Case): CaseEntry["facets"] {
  const { metadata } = found;
  const facet = (name: keyof typeof fieldsOfFacets) =>
    (knownIdentity(readField(metadata, fieldsOfFacets[name])) ?? "").toLowerCase();
  return {
    kind: (found.kind ?? "").toLowerCase(),
    modality: facet("modality"),
    view: facet("view"),
    organ: facet("organ"),
  };
}

function readField(metadata: Case["metadata"], names: readonly string[]): string {
  for (const name of names) {
    const value = metadata[name];
    if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
  }
  return "";
}
