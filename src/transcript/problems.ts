import type { Grammar } from "./grammars/grammar.ts";
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
    | "thought-missing"
    | "thought-repeated"
    | "query-without-retrieval"
    | "no-answer"
    | "several-answers"
    | "after-answer";
  start: number;
  end: number;
};

/** What came last: a hint begins anew, as what was found does. */
type State = "begun" | "thought" | "asked";

/**
 * Checks segments with a state machine (the idea of Search-R1 0.3, `qa_em_format`): (think query+ retrieve+)* think answer, where
 * a grammar may let thoughts be left out; each element with content, nothing of the model's outside an element and nothing behind
 * its answer, a retrieve block a query. What the environment wrote breaks no rule and is looked at by its spans alone.
 */
export function findProblems(input: {
  segments: readonly Segment[];
  looseTags: readonly LooseTag[];
  length: number;
  thought: Grammar["thought"];
}): TranscriptProblem[] {
  const problems: TranscriptProblem[] = [...input.looseTags];
  const report = (type: TranscriptProblem["type"], { start, end }: Segment) =>
    problems.push({ type, start, end });
  let state: State = "begun";
  let pending: Segment[] = [];
  let answered = false;
  const settle = () => {
    for (const query of pending) report("query-without-retrieval", query);
    pending = [];
  };

  for (const segment of input.segments) {
    const { kind } = segment;
    if (segment.origin === "environment") {
      if (kind === "retrieve") pending.shift();
      state = "begun";
      continue;
    }
    if (kind === "text") report("text-outside", segment);
    if (kind === "retrieve") report("fabricated-retrieval", segment);
    if (!segment.closed) report("unclosed", segment);
    if (segment.content.trim() === "") report("empty", segment);
    if (answered) report(kind === "answer" ? "several-answers" : "after-answer", segment);
    if (kind === "answer") answered = true;
    if (kind === "think") {
      if (state === "thought" && input.thought !== "throughout") report("thought-repeated", segment);
      state = "thought";
    }
    if (kind === "query" || kind === "answer") {
      if (state === "begun" && input.thought === "required") report("thought-missing", segment);
      if (kind === "answer" || state !== "asked") settle();
      state = "asked";
    }
    if (kind === "query") pending.push(segment);
  }

  settle();
  if (!answered) problems.push({ type: "no-answer", start: input.length, end: input.length });
  return problems.sort((a, b) => a.start - b.start);
}
