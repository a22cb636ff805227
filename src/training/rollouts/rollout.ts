import type { Failure, Rendering, Transcript } from "#contracts";
import type { RetrievedSet, TrajectoryGold } from "../rewards/trajectory.ts";

/** A part of a message as the model was sent it. An image is named by its place in the question. */
export type RolloutPart = { type: "text"; text: string } | { type: "image"; image: number };

/** A message of the prompt, before the model said anything. */
export type RolloutMessage = { role: "system" | "user"; parts: readonly RolloutPart[] };

/** An image of the question; `file` is relative to the folder that the rollouts lie in. */
export type RolloutImage = { name: string; sha256: string; file: string };

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

/** Log-probability of each token that the model wrote, in order, where its server tells them; natural, at most 0. */
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
  retrieved: readonly RetrievedSet[];
  tokens: RolloutTokens | null;
  usage: { inputTokens: number | null; outputTokens: number | null };
  outcome: "answered" | "abstained" | "failed" | "interrupted";
  failures: readonly Failure[];
  model: { name: string | null; endpoint: string | null };
  configurationHash: string;
  milliseconds: number;
  /** By the profile that the rollouts were made with; null where it does not apply or none was named. */
  reward: {
    profile: string;
    configurationHash: string;
    total: number | null;
    components: Readonly<Record<string, number | null>>;
    flags: readonly string[];
  } | null;
};
