/**
 * The library as a whole: what can be searched, in one folder. Opens it, adds files to it, embeds it, removes from it, says what it holds and what is
 * wrong with it, fetches public corpora by recipes. How
 * documents are read and cut is `knowledge`'s affair, how images are read and described `imaging`'s.
 * Imports contracts, platform, store, knowledge, imaging.
 */
export { type AddProgress, addToLibrary } from "./add.ts";
export { libraryEntries } from "./case-entries.ts";
export { type ProjectedEntry, readCaseSnapshot, writeCaseSnapshot } from "./case-snapshot.ts";
export { findDicomFiles } from "./dicom-files.ts";
export { type Examination, type ExaminationProgress, examineLibrary } from "./doctor/examine-library.ts";
export { type EmbedReport, embedLibrary } from "./embed.ts";
export { embedImages, type ImageEmbedReport } from "./embed-images.ts";
export { checkImageEncoder, checkTextEmbedder } from "./embed-manifest.ts";
export type { EmbedProgress } from "./embed-rows.ts";
export { findCaseImage, findEntry } from "./entries.ts";
export { readIdentityKey } from "./identity-key.ts";
export { type Library, openLibrary } from "./library.ts";
export type { ImageEncoderRecord, TextEmbedderRecord } from "./manifest.ts";
export { type FetchProgress, type FetchReport, fetchRecipe } from "./recipes/fetch-recipe.ts";
export { findRecipe, type Recipe, readRecipes } from "./recipes/recipe.ts";
export { planRemoval, type RemovalCounts, type RemovalReport, removeFromLibrary } from "./remove.ts";
export { type EmbedderRemoval, planEmbedderRemoval, removeEmbedder } from "./remove-embedder.ts";
export type { AddReport } from "./report.ts";
export {
  type FitReport,
  fitLibrary,
  type LibrarySimilarity,
  readSimilarity,
  refitLibrary,
  similarityVersion,
} from "./similarity.ts";
export { type LibraryStatus, readLibraryStatus } from "./status.ts";
