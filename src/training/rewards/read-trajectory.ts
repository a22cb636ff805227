import { parseTranscript, readChoice, type Segment, type TranscriptProblem } from "#transcript";
import type { Trajectory } from "./trajectory.ts";

/** A trajectory, taken apart once for all rewards. */
export type ReadTrajectory = Trajectory & {
  segments: readonly Segment[];
  problems: readonly TranscriptProblem[];
  /** What the model wrote, without the environment's blocks. */
  modelText: string;
  thoughts: readonly string[];
  queries: readonly string[];
  /** What the environment gave, one text for each of its retrieve blocks. */
  found: readonly string[];
  /**
   * The answer that counts: the last that the model gave, unless it follows a retrieve block of its own making. Null where there is none
   * or it may not count.
   */
  answer: string | null;
  /** The option that it chooses; null where it names none or more than one. */
  choice: { label: string; by: "label" | "text" } | null;
};

/** Never throws and takes linear time, for any text and any spans. */
export function readTrajectory(trajectory: Trajectory): ReadTrajectory {
  const { transcript } = trajectory;
  const { segments, problems } = parseTranscript(transcript);
  const byModel = segments.filter(({ origin }) => origin === "model");
  const textsOf = (kind: Segment["kind"]) =>
    byModel.filter((segment) => segment.kind === kind).map(({ content }) => content);
  const fabricated = problems.find(({ type }) => type === "fabricated-retrieval");
  const last = byModel.findLast(({ kind }) => kind === "answer");
  const counts = last !== undefined && (fabricated === undefined || last.start < fabricated.start);
  const answer = counts ? last.content.trim() : null;
  return {
    ...trajectory,
    segments,
    problems,
    modelText: withoutEnvironment(transcript),
    thoughts: textsOf("think"),
    queries: textsOf("query"),
    found: segments
      .filter(({ kind, origin }) => kind === "retrieve" && origin === "environment")
      .map(({ content }) => content),
    answer,
    choice: answer === null ? null : readChoice(answer, trajectory.options),
  };
}

function withoutEnvironment({ text, environment }: Trajectory["transcript"]): string {
  const spans = [...environment].sort((a, b) => a.start - b.start);
  let position = 0;
  let kept = "";
  for (const { start, end } of spans) {
    if (start > position) kept += text.slice(position, start);
    position = Math.max(position, end);
  }
  return kept + text.slice(position);
}
