/**
 * The library as a whole: what can be searched, in one folder. Opens it, adds files to it, embeds it, removes from it, says what it holds and what is
 * wrong with it, fetches public corpora by recipes. How
 * documents are read and cut is `knowledge`'s affair, how images are read and described `imaging`'s.
 * Imports contracts, platform, store, knowledge, imaging.
 */
export { type AddProgress, addToLibrary } from "./add.ts";
export { findDicomFiles } from "./dicom-files.ts";
export { type Examination, type ExaminationProgress, examineLibrary } from "./doctor/examine-library.ts";
export { type EmbedProgress, type EmbedReport, embedLibrary } from "./embed.ts";
export { checkTextEmbedder } from "./embed-manifest.ts";
export { findCaseImage, findEntry } from "./entries.ts";
export { readIdentityKey } from "./identity-key.ts";
export { type Library, type LibraryStatus, openLibrary, readLibraryStatus } from "./library.ts";
export type { TextEmbedderRecord } from "./manifest.ts";
export { type FetchProgress, type FetchReport, fetchRecipe } from "./recipes/fetch-recipe.ts";
export { findRecipe, type Recipe, readRecipes } from "./recipes/recipe.ts";
export { planRemoval, type RemovalCounts, type RemovalReport, removeFromLibrary } from "./remove.ts";
export { type EmbedderRemoval, findTextVectors, removeEmbedder } from "./remove-embedder.ts";
export type { AddReport } from "./report.ts";
