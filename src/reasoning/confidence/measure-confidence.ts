import type { Answer, DifferentialEntry } from "#contracts";
import { modelConfidenceMethod } from "../policies/model-answer.ts";
import type { ModelTurn } from "../policies/model-turn.ts";
import type { PolicyOutput, RoundState } from "../policy.ts";
import type { ChatModel } from "../ports.ts";
import { applyCalibration, type Calibration } from "./calibration.ts";
import { type OptionProbabilities, readOptionProbabilities } from "./option-probabilities.ts";
import { type AnswerRequest, sampleAnswers } from "./sample-answers.ts";

type Measured = { answer: Answer; confidenceMethod: string };

/** What every server that tells alternatives tells of them (OpenAI, vLLM). */
const mostAlternatives = 20;

/** How many alternatives of each token to ask a model for, where its answer is to be one of several options and it tells them. */
export async function chooseLogprobs(
  model: ChatModel,
  { question: { options }, signal }: RoundState,
): Promise<{ logprobs?: number }> {
  if (options.length < 2 || !(await model.capabilities(signal)).logprobs) return {};
  return { logprobs: Math.min(mostAlternatives, 2 * options.length + 2) };
}

/**
 * A model's answer with its confidence: the probability of its choice among the question's options, by log-probabilities where the server
 * gave them, else by samples where the round wants them. The differential holds every option's. An answer in free text, and one
 * that chooses no option, is not measured.
 */
export async function* measureConfidence(
  answer: Answer,
  request: {
    model: ChatModel;
    state: RoundState;
    turn: Pick<ModelTurn, "text" | "tokens">;
    /** Where the answer stands in the turn's text. */
    place: { start: number; end: number };
    /** How it is asked for again, where it has to be. */
    again: () => Promise<AnswerRequest>;
  },
): AsyncGenerator<PolicyOutput, Measured> {
  const { model, state, turn, place, again } = request;
  const { question, confidence: { samples = 0, calibration } = {} } = state;
  const { options } = question;
  const { choice } = answer;
  if (choice === null || options.length < 2) return { answer, confidenceMethod: modelConfidenceMethod };
  const read = readOptionProbabilities({ ...turn, answer: place, options, choice });
  const sampled = read === undefined && samples > 0;
  const measured = sampled ? yield* sampleAnswers({ model, state, samples, again: await again() }) : read;
  if (!measured) return { answer, confidenceMethod: modelConfidenceMethod };
  const isMeant = calibration?.measuredBy === (read ? "log-probabilities" : "samples");
  const { options: told, method } = isMeant ? correct(measured, calibration) : measured;
  const differential = told.map(({ probability, interval }, index): DifferentialEntry => {
    return { label: options[index]!.label, probability, interval };
  });
  const confidence = differential.find(({ label }) => label === choice)?.probability ?? null;
  const ordered = differential.toSorted((a, b) => b.probability - a.probability);
  return { answer: { ...answer, confidence, differential: ordered }, confidenceMethod: method };
}

/** Intervals move along with what they are about. */
function correct({ options, method }: OptionProbabilities, calibration: Calibration): OptionProbabilities {
  const corrected = applyCalibration(
    options.map(({ probability }) => probability),
    calibration,
  );
  return {
    options: options.map(({ probability: before, interval: [low, high] }, index) => {
      const probability = corrected[index]!;
      const move = (bound: number) => Math.min(1, Math.max(0, bound + probability - before));
      return { probability, interval: [move(low), move(high)] };
    }),
    method: `${method}, calibrated by ${calibration.method}`,
  };
}
