/**
 * Images and cases: decoding of PNG, JPEG, WebP, TIFF and DICOM, what a library keeps of a file, the built-in descriptor, and the search
 * for similar cases. Not here: diagnosis, files and folders. Imports contracts, platform, store.
 */
export {
  caseCollection,
  caseFromRecord,
  caseRow,
  imageVectorCollection,
  imageVectorRow,
} from "./case-collection.ts";
export { type CaseRow, readCaseRow } from "./case-row.ts";
export { caseToEntry } from "./case-to-entry.ts";
export { encodePng, encodeThumbnail } from "./codec.ts";
export type { DecodedImage } from "./decode.ts";
export type { ImageLikeness, ImageView, ReadImage } from "./decoding-workers/jobs.ts";
export { openKeyFile } from "./deidentify/key-file.ts";
export type { DeidentificationReport } from "./deidentify/report.ts";
export { deriveImage } from "./derive-image.ts";
export { builtInDescriptor, type ImageEmbedder } from "./descriptor/index.ts";
export { isDicom } from "./dicom/read-dicom.ts";
export type { DicomFacts } from "./dicom-facts.ts";
export { fingerprintLength, fingerprintOf } from "./fingerprint.ts";
export {
  decodeImage,
  deidentifyDicom,
  describeImage,
  type ImageDescription,
  identifyDicom,
  measureLikeness,
  readIdentities,
  readImage,
  renderImage,
} from "./image-file.ts";
export { imageForModel, type SentImage } from "./image-for-model.ts";
export { classifyImageKind } from "./kind/classify-image-kind.ts";
export type { KindVerdict } from "./kind/kind-verdict.ts";
export { patientPseudonym } from "./patient-pseudonym.ts";
export type { Raster } from "./raster.ts";
export { type Box, cutBox } from "./similarity/box.ts";
export { type CaseEntry, type CaseFacet, caseFacets } from "./similarity/case-entry.ts";
export type { CaseFilter } from "./similarity/case-filter.ts";
export { type CaseIndex, createCaseIndex } from "./similarity/case-index.ts";
export type { CaseSearchOptions, ImageQuery, VectorQuery } from "./similarity/case-query.ts";
export { type CaseSearchResult, searchCases } from "./similarity/case-search.ts";
export { parseFit, serializeFit } from "./similarity/fit-file.ts";
export { fitSimilarity } from "./similarity/fit-similarity.ts";
export type { ImageEncoder } from "./similarity/image-encoder.ts";
export { matchRegions } from "./similarity/matching-regions.ts";
export { createRelationIndex, type RelationQuery } from "./similarity/relations.ts";
export type { SimilarityFit } from "./similarity/similarity-fit.ts";
export { openArchive } from "./studies/archive.ts";
export { readDirectory } from "./studies/directory.ts";
