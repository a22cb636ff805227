import type { Transcript } from "#contracts";
import { findGrammar } from "./grammars/find-grammar.ts";
import { findProblems, type TranscriptProblem } from "./problems.ts";
import { cutSegments, type Segment } from "./segments.ts";

/**
 * Reads a transcript in the grammar that it names: what it holds, in order and without overlap (only white space stands between
 * segments, apart from stray closing tags and those of a thought that runs through the round), and where it breaks the grammar.
 * Never throws and takes linear time, for any text and any spans.
 */
export function parseTranscript(transcript: Transcript): {
  segments: Segment[];
  problems: TranscriptProblem[];
} {
  const grammar = findGrammar(transcript.grammar);
  const { segments, looseTags } = cutSegments(transcript, grammar);
  const { length } = transcript.text;
  return { segments, problems: findProblems({ segments, looseTags, length, thought: grammar.thought }) };
}
