/**
 * What crosses rooms: question, round, event, passage, case, evidence, answer, error codes, the medical notice.
 * Pure: no input or output, no clock, no randomness. Imports no other room.
 */
export * from "./action.ts";
export * from "./answer.ts";
export * from "./api.ts";
export * from "./box-place.ts";
export * from "./case.ts";
export * from "./case-values.ts";
export * from "./comparison.ts";
export { errorCures } from "./error-cures.ts";
export * from "./errors.ts";
export * from "./event.ts";
export * from "./evidence.ts";
export * from "./grounding-words.ts";
export * from "./image-kind.ts";
export * from "./image-kind-titles.ts";
export * from "./image-view.ts";
export * from "./live-events.ts";
export * from "./notice.ts";
export * from "./passage.ts";
export * from "./question.ts";
export * from "./report.ts";
export * from "./round.ts";
export * from "./table.ts";
export * from "./tool-name.ts";
export * from "./web-page.ts";
