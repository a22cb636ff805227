import { type Case, caseSchema } from "#contracts";
import type { CollectionSchema, Row } from "#store";
import { caseVector, caseVectorDimension } from "./case-vector.ts";
import type { DecodedImage } from "./decode.ts";
import type { ImageEmbedder } from "./descriptor/index.ts";
import { fingerprintOf } from "./fingerprint.ts";

/**
 * How cases lie in a store, with descriptors of `dimension` numbers. Unknown patients and slides are empty texts, which no search
 * ever excludes.
 */
export function caseCollection(dimension: number): CollectionSchema {
  return {
    name: "cases",
    text: ["corpus", "contentHash", "pixelHash", "patientId", "slideId", "record"],
    keys: ["contentHash", "pixelHash", "patientId", "slideId"],
    terms: "words",
    vector: { column: "vector", dimension: caseVectorDimension(dimension), exact: true },
  };
}

/**
 * How the vectors of an image encoder lie in a store, a collection an encoder. The id is that of the case; `image`, the address of the
 * stored image, tells whether the vector is still that of the case's image. They are searched in memory, so no index is built.
 */
export function imageVectorCollection(given: { name: string; dimension: number }): CollectionSchema {
  return {
    name: given.name,
    text: ["corpus", "image"],
    keys: ["corpus"],
    vector: { column: "vector", dimension: given.dimension, exact: true },
  };
}

/** A case's vector by an image encoder as a row of `imageVectorCollection`. */
export function imageVectorRow({ case: found, vector }: { case: Case; vector: Float32Array }): Row {
  return { id: found.id, corpus: found.corpus, image: found.image, vector };
}

/** A case as a row. Labels that are present or uncertain and the text are searched; identities are not. */
export function caseRow(request: {
  case: Case;
  contentHash: string;
  image: DecodedImage;
  embedder: ImageEmbedder;
}): Row {
  const { case: found, contentHash, image, embedder } = request;
  const labels = found.labels.filter(({ status }) => status !== "absent").map(({ name }) => name);
  const fingerprint = fingerprintOf(image.raster);
  return {
    id: found.id,
    corpus: found.corpus,
    contentHash,
    pixelHash: image.pixelHash,
    patientId: found.patientId ?? "",
    slideId: found.slideId ?? "",
    record: JSON.stringify(found),
    words: [...labels, found.text].join("\n"),
    vector: caseVector({ descriptor: embedder.embed(image), fingerprint }),
  };
}

export function caseFromRecord(record: string): Case {
  return caseSchema.parse(JSON.parse(record));
}
