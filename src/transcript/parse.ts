import type { Transcript } from "#contracts";
import { findProblems, type TranscriptProblem } from "./problems.ts";
import { cutSegments, type Segment } from "./segments.ts";

/**
 * Reads a transcript: what it holds, in order and without overlap (only white space stands between segments, apart from stray
 * closing tags), and where it breaks the grammar. Never throws and takes linear time, for any text and any spans.
 */
export function parseTranscript(transcript: Transcript): {
  segments: Segment[];
  problems: TranscriptProblem[];
} {
  const { segments, looseTags } = cutSegments(transcript);
  return { segments, problems: findProblems({ segments, looseTags, length: transcript.text.length }) };
}
