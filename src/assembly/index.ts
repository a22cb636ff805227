/**
 * Configuration to a working system: the one place that knows every room. Heavy parts are loaded when they are needed.
 * Holds no logic of a subject.
 */
export {
  type AddProgress,
  type AddReport,
  addToLibrary,
  type LibraryStatus,
  readLibraryStatus,
} from "#library";
export { roundFromEvents } from "#reasoning";
export { type AskRequest, ask } from "./ask.ts";
export { defaultLibrary, demoLibrary } from "./configuration.ts";
export { prepareDemo } from "./demo.ts";
export { openLibraryAt } from "./open-library.ts";
export { type SearchResult, searchLibrary } from "./search-library.ts";
