import type { Answer, Evidence, Exclusions, Failure, ModelIdentity, Question, ToolName } from "#contracts";
import type { RoundImage } from "./ports.ts";

/** A wish to look something up. `id` is the model's own id of the call where it gave one. */
export type ToolCall = { id: string; tool: ToolName; query: string };

/** A look-up that was made: what it found, numbered, or why it failed. `text` is the block that a model reads. */
export type Search = {
  call: ToolCall;
  evidence: readonly Evidence[];
  searched: number;
  /** Given by searches for cases. */
  excluded?: Exclusions;
  failure?: Failure;
  text: string;
};

/** All that a policy may decide from. Grows while the round runs; policies do not change it. */
export type RoundState = {
  question: Question;
  images: readonly RoundImage[];
  /** What was said and found so far, a turn a step. */
  turns: readonly Turn[];
  /** Every piece of evidence so far, by its number from 1. */
  evidence: readonly Evidence[];
  /** No more look-ups are allowed: only an answer is accepted. */
  mustAnswer: boolean;
  confidenceThreshold: number;
  seed: number;
  signal: AbortSignal;
};

export type Turn = { action: Action; searches: readonly Search[] };

/** What a policy lets see while it decides. */
export type PolicyOutput =
  | { type: "thought-delta"; text: string }
  | { type: "data-sent"; host: string; loopback: boolean; images: number; characters: number }
  | { type: "usage"; inputTokens: number | null; outputTokens: number | null };

/** How a decision goes into the transcript: as a thought of its own, or as the model's text with the grammar's tags in it. */
export type Said = { type: "thought"; text: string } | { type: "raw"; text: string };

export type Action =
  | { type: "search"; said: Said; calls: readonly ToolCall[] }
  | { type: "answer"; said: Said; answer: Answer; confidenceMethod: string }
  | { type: "invalid"; said: Said; hint: string };

/**
 * Decides the next step of a round from typed evidence. `decide` may reject with a `MedRoundsError`; the loop turns that into
 * an event and ends the round.
 */
export type Policy = {
  identity: ModelIdentity;
  /**
   * What the policy tells its model at the round's limit, where only an answer is accepted. The loop writes it into the
   * transcript, and as the hint of an `action-invalid` event: the model is asked again.
   */
  finalHint?: string;
  decide(state: RoundState): AsyncGenerator<PolicyOutput, Action>;
};
