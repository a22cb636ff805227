/**
 * The transcript: the one grammar of a round (think, query, retrieve, answer) and of an answer's choice. The loop writes it, the
 * page shows it, scorers and rewards read it; nothing else takes model output apart its own way.
 * Does not judge whether an answer is right, and knows no tokenizer. Pure: no input or output, no clock, no randomness; runs
 * in a browser. Imports contracts.
 */
export { parseChoice } from "./choice.ts";
export { firstAction } from "./first-action.ts";
export { parseTranscript } from "./parse.ts";
export type { TranscriptProblem } from "./problems.ts";
export type { Segment } from "./segments.ts";
export { createTranscriptWriter, type TranscriptWriter } from "./writer.ts";
