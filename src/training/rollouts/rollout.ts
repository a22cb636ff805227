import type { Failure, Rendering, Transcript } from "#contracts";
import type { Measured, RetrievedSet, TrajectoryGold } from "../rewards/trajectory.ts";

/** A part of a message as the model was sent it. An image is named by its place in the question. */
type RolloutPart = { type: "text"; text: string } | { type: "image"; image: number };

/** A message of the prompt, before the model said anything. */
export type RolloutMessage = { role: "system" | "user"; parts: readonly RolloutPart[] };

/**
 * An image of the question as the model was sent it, without its file's metadata; `file` is relative to the folder that the rollouts lie
 * in, `sha256` is its bytes', `sourceSha256` that of the data set's own file, by which leaks are found.
 */
export type RolloutImage = { name: string; sha256: string; file: string; sourceSha256: string };

/** What is asked in each rollout. */
export type RolloutQuestion = {
  /** By content, as samples of data sets have it. */
  id: string;
  text: string;
  options: readonly { label: string; text: string }[];
  images: readonly RolloutImage[];
  gold: TrajectoryGold;
  /** What stands together when data are split: patient, slide, article, or the question itself. */
  group: string;
  /** The name of the data set that it comes from, and its license as its card states it. */
  dataSet: string;
  license: string;
};

/**
 * Log-probability of each token that the model wrote, in order, where its server tells them; natural, at most 0. Joined they are what the
 * model wrote, but for stop strings, which servers leave out, and for how a vocabulary writes spaces.
 */
export type RolloutTokens = readonly { text: string; logprob: number }[];

/**
 * One try at a question: a line of rollouts.jsonl, from which every engine's data are made. The prompt and the transcript in its
 * rendering are, byte for byte, what the model saw and wrote.
 */
export type Rollout = {
  version: 1;
  /** Question, try and seed; a try that is there is not made again. */
  id: string;
  /** 0, 1, 2 … */
  attempt: number;
  seed: number;
  question: RolloutQuestion;
  prompt: readonly RolloutMessage[];
  transcript: Transcript;
  rendering: Rendering;
  /** One for each search, in order; one that failed or found nothing has no documents. */
  retrieved: readonly RetrievedSet[];
  /** Null where they were not told of every reply, or hold what is no log-probability. */
  tokens: RolloutTokens | null;
  measured: Measured;
  usage: { inputTokens: number | null; outputTokens: number | null };
  outcome: "answered" | "abstained" | "failed" | "interrupted";
  failures: readonly Failure[];
  model: { name: string | null; endpoint: string | null };
  configurationHash: string;
  milliseconds: number;
  /** 1 right, 0 not, by the reward `accuracy`, whatever the profile; null where nothing is known to be right. */
  correct: number | null;
  /** By the profile that the rollouts were made with; null where it does not apply or none was named. */
  reward: {
    profile: string;
    configurationHash: string;
    total: number | null;
    components: Readonly<Record<string, number | null>>;
    flags: readonly string[];
  } | null;
};

/** What a try came to, before it is scored: what a run's log keeps of it. */
export type RolloutTry = Omit<Rollout, "version" | "id" | "attempt" | "milliseconds" | "correct" | "reward">;
