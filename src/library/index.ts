/**
 * The library as a whole: what can be searched, in one folder. Opens it, adds files to it, says what it holds. How
 * documents are read and cut is `knowledge`'s affair, how images are read and described `imaging`'s.
 * Imports contracts, platform, store, knowledge, imaging.
 */
export { type AddProgress, addToLibrary } from "./add.ts";
export { findCaseImage, findEntry } from "./entries.ts";
export { type Library, type LibraryStatus, openLibrary, readLibraryStatus } from "./library.ts";
export type { AddReport } from "./report.ts";
