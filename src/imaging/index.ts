/**
 * Images and cases: decoding of PNG, JPEG and WebP, what a library keeps of a file, the built-in descriptor, and the search
 * for similar cases. Not here: diagnosis, files and folders. Imports contracts, platform, store.
 */
export { caseCollection, caseFromRecord, caseRow } from "./case-collection.ts";
export { type CaseRow, readCaseRow } from "./case-row.ts";
export { type CaseHit, searchCasesByImage, searchCasesByText } from "./case-search.ts";
export { encodePng, encodeThumbnail } from "./codec.ts";
export { type DecodedImage, decodeImage } from "./decode.ts";
export { builtInDescriptor, type ImageEmbedder } from "./descriptor/index.ts";
export type { Raster } from "./raster.ts";
export { storedImage } from "./stored-image.ts";
