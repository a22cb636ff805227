import {
  type Answer,
  type Evidence,
  MedRoundsError,
  type Question,
  type RoundEvent,
  toFailure,
  withoutPlaces,
} from "#contracts";
import { createTranscriptWriter, type TranscriptWriter } from "#transcript";
import { isDoubtful, keepAnswer, secondHint, similarCasesCall } from "./confidence/reconsider.ts";
import { type ConfidenceSettings, reconsiderations } from "./confidence/settings.ts";
import { describeSearch } from "./describe-search.ts";
import type { Draft } from "./draft.ts";
import type { EntailmentJudge } from "./grounding/entailment-judge.ts";
import { groundAnswer } from "./grounding/ground-answer.ts";
import { offeredTools } from "./offered-tools.ts";
import type { Action, Policy, RoundState, Search, ToolCall, Turn } from "./policy.ts";
import type { LibraryPort, RoundImage } from "./ports.ts";
import { EvidenceShelf, runTools } from "./run-tools.ts";
import { createTelling } from "./telling.ts";
import { chooseImages } from "./tools/find-similar-cases.ts";
import { mostDerivedImages } from "./tools/inspect-image.ts";
import type { ToolContext } from "./tools/tool.ts";

/** Bounds of a round. At the bound of steps, queries or time the policy is asked once more, for an answer only. */
export type RoundLimits = { steps: number; queries: number; milliseconds: number };

export type RoundRequest = {
  id: string;
  question: Question;
  images: readonly RoundImage[];
  policy: Policy;
  library: LibraryPort;
  /** What names the patient or the files beside the question's own ids; no search of the web may carry it. */
  identities?: readonly string[];
  limits: RoundLimits;
  confidenceThreshold: number;
  /** How sure a model is of its answer, and what comes of it; the reader measures itself. */
  confidence?: ConfidenceSettings;
  seed: number;
  configurationHash: string;
  /** Milliseconds of a steady clock. */
  now: () => number;
  /** Judges whether the evidence bears the answer's sentences; without one their words decide. */
  judge?: EntailmentJudge;
  /** Keeps a derived image beside the events, before they tell of it. */
  keepImage?: (image: RoundImage, number: number) => Promise<void>;
  /** Ends the round early; a `MedRoundsError` given as its reason (`time-exceeded`) is what the round reports. */
  signal: AbortSignal;
  /** Told of every error that is a defect and not a known failure; events tell nothing of its words. */
  onDefect?: (error: unknown) => void;
};

/**
 * Runs one round: asks the policy for a step, makes its look-ups, and so on until it answers. The output is the round's
 * events; the iteration never rejects, and its last event is `round-end`.
 */
export async function* runRound(request: RoundRequest): AsyncGenerator<RoundEvent, void> {
  const began = request.now();
  let sequence = 0;
  for await (const draft of produceEvents(request)) {
    yield { roundId: request.id, sequence: sequence++, at: request.now() - began, ...draft };
  }
}

async function* produceEvents(request: RoundRequest): AsyncGenerator<Draft, void> {
  const { question, policy, seed, configurationHash } = request;
  yield { type: "round-start", question, model: policy.identity, seed, configurationHash };
  const writer = createTranscriptWriter(policy.grammar);
  try {
    const answer = yield* runSteps(request, writer);
    yield { type: "answer-final", answer };
    const outcome = answer.abstained ? "abstained" : "answered";
    yield { type: "round-end", outcome, transcript: writer.snapshot() };
  } catch (error) {
    const reason = request.signal.aborted ? endReason(request.signal) : error;
    if (!MedRoundsError.is(reason)) request.onDefect?.(reason);
    const failure = withoutPlaces(toFailure(reason));
    yield { type: "failure", step: null, failure };
    const outcome = failure.code === "interrupted" ? "interrupted" : "failed";
    yield { type: "round-end", outcome, transcript: writer.snapshot() };
  }
}

function endReason({ reason }: AbortSignal): MedRoundsError {
  return MedRoundsError.is(reason) ? reason : new MedRoundsError("interrupted", "The round was interrupted.");
}

async function* runSteps(request: RoundRequest, writer: TranscriptWriter): AsyncGenerator<Draft, Answer> {
  const { question, images, policy, limits, now, signal } = request;
  const shelf = new EvidenceShelf();
  const ground = (answer: Answer, step: number) =>
    groundAnswer({ ...request, answer, evidence: shelf.all, step });
  const roundImages = [...images];
  const tools = offeredTools(request.library);
  const { toolNotes } = request.library;
  const turns: Turn[] = [];
  const began = now();
  const { top, keep } = request.confidence?.reconsideration ?? reconsiderations.cdir;
  let queries = 0;
  /** The answer that is given again. */
  let first: Answer | undefined;
  for (let step = 0; ; step++) {
    const stepBegan = now();
    yield { type: "step-start", step };
    if (step === 0) yield* inspectImages(images);
    const isOver = () => now() - began >= limits.milliseconds;
    const mustAnswer = first !== undefined || step >= limits.steps || queries >= limits.queries || isOver();
    const demand = first ? secondHint(policy.finalHint) : policy.finalHint;
    if (mustAnswer && demand) {
      writer.demand(demand);
      yield { type: "answer-demanded", step, hint: demand, ...(first ? { reason: "confidence" } : {}) };
    }
    const { confidenceThreshold, seed } = request;
    const evidence: readonly Evidence[] = shelf.all;
    const transcript = writer.snapshot();
    const state: RoundState = {
      ...{ question, images, turns, transcript, evidence, tools, mustAnswer, limits },
      ...{ confidenceThreshold, seed, signal },
      ...(toolNotes ? { toolNotes } : {}),
      ...(mustAnswer && demand ? { demand } : {}),
      ...(request.confidence ? { confidence: request.confidence } : {}),
    };
    let action: Action;
    try {
      action = yield* decide(policy, state, step);
      signal.throwIfAborted();
    } catch (error) {
      const reason = signal.aborted ? endReason(signal) : error;
      if (!first || (MedRoundsError.is(reason) && reason.code === "interrupted")) throw error;
      // There is an answer already, which a failure of the second must not lose.
      if (!MedRoundsError.is(reason)) request.onDefect?.(reason);
      const failure = withoutPlaces(toFailure(reason));
      yield keepAnswer({ step, first, second: null, keep: "more-confident", failure }).event;
      yield { type: "step-end", step, milliseconds: now() - stepBegan };
      return yield* ground(first, step);
    }
    write(writer, action);
    const endStep = () => ({
      type: "step-end" as const,
      step,
      milliseconds: now() - stepBegan,
      ...(action.said.type === "raw" && action.said.rendering ? { rendering: action.said.rendering } : {}),
    });
    if (action.type === "answer") {
      const { confidence } = action.answer;
      const method = action.confidenceMethod;
      yield { type: "confidence-measured", step, confidence, threshold: confidenceThreshold, method };
      const settled = first ? keepAnswer({ step, first, second: action.answer, keep }) : null;
      if (settled) yield settled.event;
      else if (!isOver() && isDoubtful(action.answer, { ...request, tools })) {
        const looked = { request, calls: [similarCasesCall], named: true, shelf, roundImages, step, writer };
        const searches = yield* search({ ...looked, cases: { top, sameKind: true } });
        turns.push({ action, searches });
        if (searches.some(({ evidence: cases }) => cases.length > 0)) first = action.answer;
      }
      yield endStep();
      if (first && !settled) continue;
      return yield* ground(settled?.answer ?? action.answer, step);
    }
    if (first) {
      yield keepAnswer({ step, first, second: null, keep }).event;
      yield endStep();
      return yield* ground(first, step);
    }
    if (mustAnswer) {
      throw new MedRoundsError("model-silent", "The model gave no answer when its last step was used up.");
    }
    const calls = action.type === "search" ? action.calls.slice(0, limits.queries - queries) : [];
    const searches = yield* search({
      request,
      calls,
      named: action.said.type === "raw",
      shelf,
      roundImages,
      step,
      writer,
    });
    for (const hint of hintsOf(action)) {
      writer.hint(hint);
      yield { type: "action-invalid", step, hint };
    }
    queries += searches.length;
    turns.push({ action, searches });
    yield endStep();
  }
}

/** What the model is told of an action, or of calls in it, that could not be made. */
function hintsOf(action: Exclude<Action, { type: "answer" }>): string[] {
  return action.type === "invalid" ? [action.hint] : (action.malformed ?? []).map(({ hint }) => hint);
}

function* inspectImages(images: readonly RoundImage[]): Generator<Draft> {
  for (const [index, { name, width, height, color, kind, notes }] of images.entries()) {
    yield {
      type: "image-inspected",
      step: 0,
      image: index + 1,
      name,
      width,
      height,
      color,
      kind,
      notes: [...notes],
    };
  }
}

async function* decide(policy: Policy, state: RoundState, step: number): AsyncGenerator<Draft, Action> {
  const outputs = policy.decide(state);
  try {
    for (;;) {
      const next = await outputs.next();
      if (next.done) return next.value;
      if (next.value.type === "usage") yield { ...next.value, type: "usage-reported", step };
      else if (next.value.type === "data-sent") yield next.value;
      else yield { ...next.value, step };
    }
  } finally {
    // Whoever reads the round may leave it: the policy then closes what it has open, such as a request to a model.
    await outputs.return(undefined as never);
  }
}

function write(writer: TranscriptWriter, { said, ...action }: Action): void {
  if (said.type === "raw") {
    writer.model(said.text);
    return;
  }
  if (said.text !== "") writer.think(said.text);
  if (action.type === "answer") writer.answer(action.answer.text);
}

async function* search(parts: {
  request: RoundRequest;
  calls: readonly ToolCall[];
  /** Whether the transcript names the queries already, in the model's own text. */
  named: boolean;
  cases?: { top: number; sameKind: boolean };
  shelf: EvidenceShelf;
  roundImages: RoundImage[];
  step: number;
  writer: TranscriptWriter;
}): AsyncGenerator<Draft, readonly Search[]> {
  const { request, calls, named, cases, shelf, roundImages, step, writer } = parts;
  const { library, images, signal } = request;
  const { patientId, slideId } = request.question;
  const telling = createTelling();
  const ids = [patientId, slideId].filter((id) => id !== undefined);
  const context: ToolContext = {
    library,
    images,
    roundImages,
    derivations: { left: mostDerivedImages - (roundImages.length - images.length) },
    evidence: shelf.all,
    identities: [...ids, ...(request.identities ?? [])],
    tell: telling.tell,
    signal,
    ...(cases ? { cases } : {}),
    ...(patientId === undefined ? {} : { patientId }),
    ...(slideId === undefined ? {} : { slideId }),
  };
  for (const { id, tool, query } of calls) yield { type: "query-issued", step, call: id, tool, query };
  for (const call of calls) yield* tellServers(call, context);
  const { grammar } = request.policy;
  const running = runTools({
    ...{ calls, context, shelf, images: roundImages, grammar, signal },
    onDefect: request.onDefect,
  });
  yield* telling.until(running);
  const searches = await running;
  for (const found of searches) {
    if (found.details?.type === "image") await request.keepImage?.(found.details.image, found.details.number);
    if (!named) writer.query(found.call.query, found.call.tool);
    writer.retrieve(found.text);
    yield describeSearch(found, step);
  }
  return searches;
}

/** Of images only numbers leave, which describe them, neither images nor characters, unless a server takes the images themselves. */
function* tellServers({ tool, query }: ToolCall, { library, images }: ToolContext): Generator<Draft> {
  const isImage = tool === "find_similar_cases";
  const characters = isImage ? 0 : query.length;
  const shown = isImage ? chooseImages(query, images).length : 0;
  for (const { host, loopback, takesImages } of library.servers[tool] ?? []) {
    yield { type: "data-sent", host, loopback, images: takesImages ? shown : 0, characters };
  }
}
