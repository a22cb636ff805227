import { sha256 } from "#platform";
import { renderForModel } from "#transcript";
import { checkCompletion, checkRollout, checkSolution, type Refusal } from "./check-rollout.ts";
import { isRight } from "./is-right.ts";
import { type RolloutPlace, readRollouts } from "./read-rollouts.ts";
import type { ExportedRollout } from "./rollout-schema.ts";
import type { Attempt } from "./select.ts";
import type { ExportKind, TrainingEngine } from "./training-engine.ts";

/** A rollout as it is remembered: what it is chosen by, and where it lies. */
export type SurveyedAttempt = Attempt & {
  /** The number of the configuration that it was made with. */
  configuration: number;
  place: RolloutPlace;
};

/** A question with those of its attempts that passed the check. */
export type SurveyedQuestion = {
  id: string;
  group: string;
  dataSet: string;
  license: string;
  /** SHA-256 of its images as the data set has them, where that is known. */
  images: readonly string[];
  /** SHA-256 of what its first attempt was asked with. */
  prompt: string;
  attempts: SurveyedAttempt[];
};

/** What was kept apart: a rollout, or a whole question with all of its rollouts. */
export type Rejected = Refusal & { folder: number; line: number; question: string; rollout: string };

export type Survey = {
  /** By id, in the order of their ids, whatever the order of the lines. */
  questions: readonly SurveyedQuestion[];
  rollouts: number;
};

/**
 * Reads all rollouts once and remembers what they are chosen by, not what they hold: about 1 kB of memory each with all that is done here. `checkQuestion` is asked once
 * for each question, ahead of its rollouts. Throws the errors of reading and the signal's reason.
 */
export async function surveyRollouts(request: {
  folders: readonly string[];
  engine: TrainingEngine;
  kind: ExportKind;
  checkQuestion: (question: ExportedRollout["question"], folder: number) => Promise<Refusal | null>;
  onRejected: (rejected: Rejected) => Promise<void> | void;
  onRead?: ((rollouts: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<Survey> {
  const { folders, engine, kind, checkQuestion, onRejected, onRead, signal } = request;
  const questions = new Map<string, SurveyedQuestion>();
  const refusals = new Map<string, Refusal | null>();
  const configurations = new Map<string, number>();
  let rollouts = 0;
  for await (const line of readRollouts(folders, signal)) {
    onRead?.(++rollouts);
    const { place } = line;
    const reject = (refusal: Refusal, { question = "", rollout = "" } = {}) =>
      onRejected({ ...refusal, folder: place.folder, line: place.line, question, rollout });
    if (line.type === "refused") {
      await reject({ reason: line.code, message: line.message });
      continue;
    }
    const { rollout } = line;
    const { question } = rollout;
    let refusal = refusals.get(question.id);
    if (refusal === undefined) {
      refusal = await checkQuestion(question, place.folder);
      refusals.set(question.id, refusal);
    }
    const known = questions.get(question.id);
    const configuration = configurations.get(rollout.configurationHash) ?? configurations.size;
    configurations.set(rollout.configurationHash, configuration);
    const attempt: SurveyedAttempt = { ...toAttempt(rollout), configuration, place };
    refusal ??=
      checkRollout(rollout) ??
      (kind === "grpo" ? checkSolution(rollout) : checkCompletion(rollout)) ??
      refuseByEngine(rollout, { engine, kind }) ??
      (known ? checkAgain(rollout, { known, kind, attempt }) : null);
    if (refusal) {
      await reject(refusal, { question: question.id, rollout: rollout.id });
      continue;
    }
    if (known) known.attempts.push(attempt);
    else questions.set(question.id, toQuestion(rollout, attempt));
  }
  return { questions: [...questions.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), rollouts };
}

/** A data set under a license, as one text. */
export function dataSetKey({ dataSet, license }: Pick<SurveyedQuestion, "dataSet" | "license">): string {
  return JSON.stringify([dataSet, license]);
}

function refuseByEngine(
  { transcript, rendering }: ExportedRollout,
  { engine, kind }: { engine: TrainingEngine; kind: ExportKind },
): Refusal | null {
  if (!engine.refuse) return null;
  const pieces = renderForModel(transcript, "new-turn");
  return engine.refuse({ rendering, pieces }, kind);
}

function checkAgain(
  { question, prompt }: ExportedRollout,
  { known, kind, attempt }: { known: SurveyedQuestion; kind: ExportKind; attempt: SurveyedAttempt },
): Refusal | null {
  if (question.group !== known.group) {
    return { reason: "group-differs", message: "The question has another group in an earlier rollout." };
  }
  // A pair answers one prompt, and a group of GRPO's as well.
  if (kind !== "sft" && hashPrompt(prompt) !== known.prompt) {
    return { reason: "prompt-differs", message: "The question has another prompt in an earlier rollout." };
  }
  const isKnown = known.attempts.some(
    (one) =>
      one.attempt === attempt.attempt &&
      one.seed === attempt.seed &&
      one.configuration === attempt.configuration,
  );
  return isKnown ? { reason: "duplicate", message: "The same try at the question was read already." } : null;
}

function hashPrompt(prompt: ExportedRollout["prompt"]): string {
  return sha256(JSON.stringify(prompt));
}

function toAttempt(rollout: ExportedRollout): Attempt {
  const { attempt, seed, reward, correct, outcome } = rollout;
  const score = reward?.total ?? correct;
  const right = isRight(rollout);
  return { attempt, seed, score, right, answered: outcome === "answered" };
}

function toQuestion({ question, prompt }: ExportedRollout, attempt: SurveyedAttempt): SurveyedQuestion {
  const { id, group, dataSet, license } = question;
  const images = question.images.map(({ sha256: own, sourceSha256 }) => sourceSha256 || own);
  return { id, group, dataSet, license, images, prompt: hashPrompt(prompt), attempts: [attempt] };
}
