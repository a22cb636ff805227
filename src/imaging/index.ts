/**
 * Images and cases: decoding of PNG, JPEG, WebP, TIFF and DICOM, what a library keeps of a file, the built-in descriptor, and the search
 * for similar cases. Not here: diagnosis, files and folders. Imports contracts, platform, store.
 */
export { caseCollection, caseFromRecord, caseRow } from "./case-collection.ts";
export { type CaseRow, readCaseRow } from "./case-row.ts";
export { type CaseHit, searchCasesByImage, searchCasesByText } from "./case-search.ts";
export { encodePng, encodeThumbnail } from "./codec.ts";
export type { DecodedImage } from "./decode.ts";
export type { ImageView, ReadImage } from "./decoding-workers/jobs.ts";
export { openKeyFile } from "./deidentify/key-file.ts";
export type { DeidentificationReport } from "./deidentify/report.ts";
export { builtInDescriptor, type ImageEmbedder } from "./descriptor/index.ts";
export { isDicom } from "./dicom/read-dicom.ts";
export type { DicomFacts } from "./dicom-facts.ts";
export {
  decodeImage,
  deidentifyDicom,
  describeImage,
  type ImageDescription,
  identifyDicom,
  readImage,
  renderImage,
} from "./image-file.ts";
export { patientPseudonym } from "./patient-pseudonym.ts";
export type { Raster } from "./raster.ts";
export { openArchive } from "./studies/archive.ts";
export { readDirectory } from "./studies/directory.ts";
