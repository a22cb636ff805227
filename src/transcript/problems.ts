import type { LooseTag, Segment } from "./segments.ts";

/** A breach of the grammar, and where. `no-answer` stands at the end of the text. */
export type TranscriptProblem = {
  type:
    | "unclosed"
    | "stray-close"
    | "nested"
    | "fabricated-retrieval"
    | "empty"
    | "text-outside"
    | "query-without-retrieval"
    | "no-answer"
    | "several-answers"
    | "after-answer";
  start: number;
  end: number;
};

/**
 * Checks segments against the grammar: (think? query retrieve)* think? answer, each element with content, nothing of the model's
 * outside an element and nothing behind its answer. What the environment wrote breaks no rule.
 */
export function findProblems(input: {
  segments: readonly Segment[];
  looseTags: readonly LooseTag[];
  length: number;
}): TranscriptProblem[] {
  const problems: TranscriptProblem[] = [...input.looseTags];
  const report = (type: TranscriptProblem["type"], { start, end }: Segment) =>
    problems.push({ type, start, end });
  let pendingQuery: Segment | undefined;
  let answered = false;

  for (const segment of input.segments) {
    if (segment.origin === "environment") {
      if (segment.kind === "retrieve") pendingQuery = undefined;
      continue;
    }
    const { kind } = segment;
    if (kind === "text") report("text-outside", segment);
    if (kind === "retrieve") report("fabricated-retrieval", segment);
    if (!segment.closed) report("unclosed", segment);
    if (segment.content.trim() === "") report("empty", segment);
    if (answered) report(kind === "answer" ? "several-answers" : "after-answer", segment);
    if (kind === "answer") answered = true;
    if (kind === "query" || kind === "answer") {
      if (pendingQuery !== undefined) report("query-without-retrieval", pendingQuery);
      pendingQuery = kind === "query" ? segment : undefined;
    }
  }

  if (pendingQuery !== undefined) report("query-without-retrieval", pendingQuery);
  if (!answered) problems.push({ type: "no-answer", start: input.length, end: input.length });
  return problems.sort((a, b) => a.start - b.start);
}
