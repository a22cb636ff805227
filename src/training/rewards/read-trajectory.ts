import { parseTranscript, readChoice, type Segment, type TranscriptProblem } from "#transcript";
import type { EntityFinder } from "./entities/entity-finder.ts";
import { wordEntities } from "./entities/word-entities.ts";
import { answerOptions } from "./gold.ts";
import type { SafetyChecklist } from "./safety/safety-checklist.ts";
import type { ScoringContext } from "./scoring-context.ts";
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
  /** Finds medical entities, for rewards that compare texts by them. */
  entityFinder: EntityFinder;
  /** Null where safety is not to be checked. */
  safetyChecklist: SafetyChecklist | null;
};

/** Never throws and takes linear time, for any text and any spans. */
export function readTrajectory(
  trajectory: Trajectory,
  { entityFinder = wordEntities, safetyChecklist }: ScoringContext = {},
): ReadTrajectory {
  const { transcript } = trajectory;
  const { segments, problems: allProblems } = parseTranscript(transcript);
  const spans = environmentSpans(transcript);
  const problems = outside(allProblems, spans);
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
    modelText: withoutSpans(transcript.text, spans),
    thoughts: textsOf("think"),
    queries: textsOf("query"),
    found: segments
      .filter(({ kind, origin }) => kind === "retrieve" && origin === "environment")
      .map(({ content }) => content),
    answer,
    choice: answer === null ? null : readChoice(answer, answerOptions(trajectory)),
    entityFinder,
    safetyChecklist: safetyChecklist ?? null,
  };
}

type Span = { start: number; end: number };

/** Spans in order and without overlap; they mean what they can mean, as in `parseTranscript`. */
function environmentSpans({ text, environment }: Trajectory["transcript"]): Span[] {
  const spans: Span[] = [];
  let position = 0;
  for (const span of environment.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, position);
    const end = Math.min(span.end, text.length);
    if (!(start < end)) continue;
    spans.push({ start, end });
    position = end;
  }
  return spans;
}

/** A tag within a passage is no breach of the model's. */
function outside(problems: readonly TranscriptProblem[], spans: readonly Span[]): TranscriptProblem[] {
  let next = 0;
  return problems.filter(({ start, end }) => {
    while ((spans[next]?.end ?? Infinity) <= start) next++;
    const span = spans[next];
    return span === undefined || start < span.start || end > span.end || start === end;
  });
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let position = 0;
  const kept = spans.map(({ start, end }) => {
    const piece = text.slice(position, start);
    position = end;
    return piece;
  });
  return kept.join("") + text.slice(position);
}
