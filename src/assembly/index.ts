/**
 * Configuration to a working system: the one place that knows every room. Heavy parts are loaded when they are needed.
 * Holds no logic of a subject.
 */
export {
  type AddProgress,
  type AddReport,
  addToLibrary,
  findEntry,
  type Library,
  type LibraryStatus,
  readLibraryStatus,
} from "#library";
export { roundFromEvents } from "#reasoning";
export type { PolicyChoice } from "./choose-policy.ts";
export { defaultLibrary, demoLibrary } from "./configuration.ts";
export { type Demo, prepareDemo } from "./demo.ts";
export { describeSystem } from "./describe-system.ts";
export { evaluateRetrieval, type RetrievalEvaluation } from "./evaluate-retrieval.ts";
export { openLibraryAt } from "./open-library.ts";
export { type AskRequest, type PreparedRound, prepareRound } from "./prepare-round.ts";
export { readCaseImage, type ShownImage } from "./read-image.ts";
export { searchLibrary } from "./search-library.ts";
export { searchPassageBatch } from "./search-passages.ts";
