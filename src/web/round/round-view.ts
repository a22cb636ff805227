import type {
  Answer,
  CaseEvidence,
  Evidence,
  Failure,
  ModelIdentity,
  Question,
  RoundEvent,
  TextEvidence,
  ToolName,
} from "#contracts";
import { type AppendOnly, append, emptyList } from "./append-only.ts";
import * as tell from "./step-line.ts";

type EventOf<Type extends RoundEvent["type"]> = Extract<RoundEvent, { type: Type }>;

/** A look-up that was made and has not come back. */
type PendingCall = { step: number; call: string; tool: ToolName; query: string };

/**
 * A round as the page shows it, a pure function of the events so far. Lists only grow, so a version that was rendered stays
 * what it was. `outcome` is null while the round runs.
 */
export type RoundView = {
  /** Sequence of the last event taken; −1 before the first. */
  last: number;
  question: Question | null;
  model: ModelIdentity | null;
  images: readonly EventOf<"image-inspected">[];
  lines: AppendOnly<tell.StepLine>;
  pending: readonly PendingCall[];
  /** Thought since the last line, which the next line takes. */
  thought: AppendOnly<string>;
  /** Passages, pages of the web, rows of tables. */
  texts: AppendOnly<TextEvidence>;
  cases: AppendOnly<CaseEvidence>;
  /** What the last search for cases compared and left out. */
  caseSearch: Pick<EventOf<"cases-retrieved">, "searched" | "excluded"> | null;
  measured: EventOf<"confidence-measured"> | null;
  /** Tokens read and written, as far as the model reports them. */
  tokens: { input: number; output: number };
  /** Hosts other than this machine that were sent something. */
  hosts: readonly string[];
  answer: Answer | null;
  failure: Failure | null;
  outcome: EventOf<"round-end">["outcome"] | null;
  /** Milliseconds from the round's start to the last event. */
  elapsed: number;
};

export const emptyRound: RoundView = {
  last: -1,
  question: null,
  model: null,
  images: [],
  lines: emptyList(),
  pending: [],
  thought: emptyList(),
  texts: emptyList(),
  cases: emptyList(),
  caseSearch: null,
  measured: null,
  tokens: { input: 0, output: 0 },
  hosts: [],
  answer: null,
  failure: null,
  outcome: null,
  elapsed: 0,
};

/** The view after some more events; an event that was taken before is passed over. Amortized O(1) an event. */
export function applyEvents(view: RoundView, events: readonly RoundEvent[]): RoundView {
  let next = view;
  for (const event of events) {
    if (event.sequence <= next.last) continue;
    next = { ...applyEvent(next, event), last: event.sequence, elapsed: event.at };
  }
  return next;
}

function applyEvent(view: RoundView, event: RoundEvent): RoundView {
  switch (event.type) {
    case "round-start": {
      const { question, model } = event;
      const begun = { ...view, ...startLists(), question, model };
      return question.notes?.length ? addLine(begun, event, tell.tellQuestion(event)) : begun;
    }
    case "step-start":
      return view.measured
        ? { ...addLine(view, view.measured, tell.tellUnsure(view.measured)), measured: null }
        : view;
    case "image-inspected":
      return addLine({ ...view, images: [...view.images, event] }, event, tell.tellImage(event));
    case "thought-delta":
      return { ...view, thought: append(view.thought, event.text) };
    case "query-issued":
      return { ...view, pending: [...view.pending, event] };
    case "passages-retrieved":
      return addFound(view, event, tell.tellPassages(event));
    case "cases-retrieved": {
      const { searched, excluded } = event;
      return addFound({ ...view, caseSearch: { searched, excluded } }, event, tell.tellCases(event));
    }
    case "pages-retrieved":
      return addFound(view, event, tell.tellPages(event));
    case "rows-retrieved":
      return addFound(view, event, tell.tellRows(event));
    case "image-derived": {
      const pending = view.pending.filter(({ step, call }) => step !== event.step || call !== event.call);
      return addLine({ ...view, pending }, event, tell.tellDerived(event));
    }
    case "action-invalid":
      return addLine(view, event, tell.tellInvalid(event));
    case "answer-demanded":
      return addLine(view, event, tell.tellDemand(event));
    case "answer-reconsidered":
      return addLine(view, event, tell.tellReconsidered(event));
    case "data-sent": {
      const isNew = !event.loopback && !view.hosts.includes(event.host);
      return addLine(
        { ...view, hosts: isNew ? [...view.hosts, event.host] : view.hosts },
        event,
        tell.tellSent(event),
      );
    }
    case "confidence-measured":
      return { ...view, measured: event };
    case "failure":
      return event.step === null
        ? addLine({ ...view, failure: event.failure, pending: [] }, event, tell.tellEnd(event))
        : addLine({ ...view, pending: view.pending.slice(1) }, event, tell.tellFailure(event));
    case "usage-reported": {
      const { input, output } = view.tokens;
      const tokens = { input: input + (event.inputTokens ?? 0), output: output + (event.outputTokens ?? 0) };
      return { ...view, tokens };
    }
    case "step-end":
      return view;
    case "answer-final":
      return addLine({ ...view, answer: event.answer }, event, tell.tellAnswer(event, view.measured));
    case "round-end":
      return { ...view, outcome: event.outcome, pending: [] };
  }
}

/** Lists of this round's own: the empty ones of `emptyRound` are shared by all. */
function startLists(): Pick<RoundView, "lines" | "thought" | "texts" | "cases"> {
  return { lines: emptyList(), thought: emptyList(), texts: emptyList(), cases: emptyList() };
}

function addFound(
  view: RoundView,
  event: Extract<RoundEvent, { evidence: Evidence[] }>,
  wording: tell.Wording,
): RoundView {
  const { step, call, evidence } = event;
  const asked = view.pending.find((pending) => pending.step === step && pending.call === call);
  const pending = view.pending.filter((other) => other !== asked);
  // A search for cases by image has no words; what its query says is for the model.
  const query = event.type === "cases-retrieved" ? null : (asked?.query ?? null);
  return addLine({ ...view, ...addEvidence(view, evidence), pending }, event, wording, { query, evidence });
}

function addEvidence(view: RoundView, evidence: readonly Evidence[]): Pick<RoundView, "texts" | "cases"> {
  const texts = evidence.filter((item) => item.type !== "case" && item.number > lastNumber(view.texts));
  const cases = evidence.filter((item) => item.type === "case" && item.number > lastNumber(view.cases));
  return {
    texts: append(view.texts, ...(texts as TextEvidence[])),
    cases: append(view.cases, ...(cases as CaseEvidence[])),
  };
}

function lastNumber({ items, length }: AppendOnly<Evidence>): number {
  return length === 0 ? 0 : (items[length - 1]?.number ?? 0);
}

function addLine(
  view: RoundView,
  { sequence, at }: Pick<RoundEvent, "sequence" | "at">,
  { more = [], ...wording }: tell.Wording,
  found: { query: string | null; evidence: readonly Evidence[] } = { query: null, evidence: [] },
): RoundView {
  const thought = view.thought.length > 0 ? view.thought : null;
  const line = { id: sequence, at, ...wording, more, thought, ...found };
  return { ...view, lines: append(view.lines, line), thought: thought ? emptyList() : view.thought };
}
