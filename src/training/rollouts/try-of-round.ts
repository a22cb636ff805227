import type { Rendering, RoundEvent } from "#contracts";
import type { Measured } from "../rewards/trajectory.ts";
import { retrievedOfRound } from "./retrieved-of-round.ts";
import type { RolloutMessage, RolloutQuestion, RolloutTry } from "./rollout.ts";
import { type RecordedReply, tokensOfReplies } from "./tokens-of-replies.ts";

/** What goes wrong by the model's own doing: it is a try like others, and not asked for again. */
const ownFaults = new Set(["model-silent", "reply-too-long"]);

/**
 * A try as a run's log keeps it, of a round's events and what its model was sent and replied. Undefined where the round failed by no fault of
 * the model's, as where its server was gone: that is no try.
 */
export function tryOfRound(
  events: readonly RoundEvent[],
  recorded: {
    question: RolloutQuestion;
    prompt: readonly RolloutMessage[];
    replies: readonly RecordedReply[];
    usage: RolloutTry["usage"];
  },
): RolloutTry | undefined {
  const start = events.find((event) => event.type === "round-start");
  const end = events.findLast((event) => event.type === "round-end");
  if (!start || !end) return undefined;
  const ending = events.findLast((event) => event.type === "failure" && event.step === null);
  const cause = ending?.type === "failure" ? ending.failure.code : undefined;
  const isTry = end.outcome === "answered" || end.outcome === "abstained" || ownFaults.has(cause ?? "");
  if (!isTry) return undefined;
  const { question, prompt, replies, usage } = recorded;
  const optionsAfter = readOptionsAfter(events);
  const { name, endpoint } = start.model;
  return {
    ...{ question, prompt, usage, seed: start.seed, configurationHash: start.configurationHash },
    transcript: end.transcript,
    rendering: renderingOf(events),
    retrieved: retrievedOfRound(events),
    tokens: tokensOfReplies(replies, saidOf(events)),
    measured: optionsAfter === undefined ? {} : { optionsAfter },
    outcome: end.outcome,
    failures: events.flatMap((event) => (event.type === "failure" ? [event.failure] : [])),
    model: { name, endpoint },
  };
}

/** What the transcript has of each of the model's replies. */
function saidOf(events: readonly RoundEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "action-decided" && event.action.said.type === "raw" ? [event.action.said.text] : [],
  );
}

/** How the model was given the transcript; in its own turn where it wrote all in one. */
function renderingOf(events: readonly RoundEvent[]): Rendering {
  const used = events.findLast((event) => event.type === "step-end" && event.rendering !== undefined);
  return (used?.type === "step-end" ? used.rendering : undefined) ?? "same-turn";
}

/**
 * Log-probabilities of the options at the answer, normalized over them; undefined where they were not measured by log-probabilities, were
 * corrected by a calibration, or are bounds.
 */
function readOptionsAfter(events: readonly RoundEvent[]): Measured["optionsAfter"] {
  const method = events.findLast((event) => event.type === "confidence-measured")?.method ?? "";
  const answer = events.findLast((event) => event.type === "answer-final")?.answer;
  if (method !== "log-probabilities over the options" || !answer) return undefined;
  return logProbabilities(answer.differential);
}

/** Undefined where one is 0, which no log-probability stands for. */
export function logProbabilities(
  options: readonly { label: string; probability: number }[],
): Readonly<Record<string, number>> | undefined {
  if (options.length === 0 || options.some(({ probability }) => !(probability > 0))) return undefined;
  return Object.fromEntries(options.map(({ label, probability }) => [label, Math.log(probability)]));
}
