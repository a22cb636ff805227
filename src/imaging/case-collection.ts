import { type Case, caseSchema } from "#contracts";
import type { CollectionSchema, Row } from "#store";

/** How cases lie in a store. Unknown patients and slides are empty texts, which no search ever excludes. */
export function caseCollection(dimension: number): CollectionSchema {
  return {
    name: "cases",
    text: ["corpus", "contentHash", "pixelHash", "patientId", "slideId", "record"],
    keys: ["contentHash", "pixelHash", "patientId", "slideId"],
    terms: "words",
    vector: { column: "vector", dimension },
  };
}

/** A case as a row. Labels that are present or uncertain and the text are searched; identities are not. */
export function caseRow(request: {
  case: Case;
  contentHash: string;
  pixelHash: string;
  vector: Float32Array;
}): Row {
  const { case: found, contentHash, pixelHash, vector } = request;
  const labels = found.labels.filter(({ status }) => status !== "absent").map(({ name }) => name);
  return {
    id: found.id,
    corpus: found.corpus,
    contentHash,
    pixelHash,
    patientId: found.patientId ?? "",
    slideId: found.slideId ?? "",
    record: JSON.stringify(found),
    words: [...labels, found.text].join("\n"),
    vector,
  };
}

export function caseFromRecord(record: string): Case {
  return caseSchema.parse(JSON.parse(record));
}
