import type {
  Answer,
  Evidence,
  Exclusions,
  Failure,
  ImageView,
  LeftOutPages,
  ModelIdentity,
  Question,
  Rendering,
  ToolName,
  Transcript,
  WebImage,
} from "#contracts";
import type { Grammar } from "#transcript";
import type { ConfidenceSettings } from "./confidence/settings.ts";
import type { RoundImage } from "./ports.ts";

/**
 * A wish to look something up. `id` is the model's own id of the call where it gave one, `input` its own words where it called a
 * function.
 */
export type ToolCall = { id: string; tool: ToolName; query: string; input?: string };

/** A call of a function that is not there, or with an input that does not fit it. `hint` says what was wrong. */
export type MalformedCall = { id: string; name: string; input: string; hint: string };

/** A look-up that was made: what it found, numbered, or why it failed. `text` is the block that a model reads. */
export type Search = {
  call: ToolCall;
  evidence: readonly Evidence[];
  searched: number;
  /** What kind of search it was, with what only that kind tells; null where it failed. */
  details: SearchDetails | null;
  failure?: Failure;
  text: string;
};

type SearchDetails =
  | { type: "passages" | "rows" }
  | { type: "cases"; excluded: Exclusions }
  | { type: "pages"; leftOut: LeftOutPages; images: WebImage[] }
  /** `number` is the new image's in the round, `from` that of the image it is made of. */
  | { type: "image"; image: RoundImage; number: number; from: number; view: ImageView };

/** All that a policy may decide from. Grows while the round runs; policies do not change it. */
export type RoundState = {
  question: Question;
  images: readonly RoundImage[];
  /** What was said and found so far, a turn a step. */
  turns: readonly Turn[];
  /** The same in writing, byte for byte what training sees. */
  transcript: Transcript;
  /** The tools that this round may use. */
  tools: readonly ToolName[];
  /** What the library tells of a tool beside its description. */
  toolNotes?: Readonly<Partial<Record<ToolName, string>>>;
  /** Every piece of evidence so far, by its number from 1. */
  evidence: readonly Evidence[];
  /** No more look-ups are allowed: only an answer is accepted. */
  mustAnswer: boolean;
  /** What the model is told with that. */
  demand?: string;
  /** How many steps and look-ups the round may take before that. */
  limits: { steps: number; queries: number };
  confidenceThreshold: number;
  confidence?: ConfidenceSettings;
  seed: number;
  signal: AbortSignal;
};

export type Turn = { action: Action; searches: readonly Search[] };

/** What a policy lets see while it decides. */
export type PolicyOutput =
  | { type: "thought-delta"; text: string }
  | { type: "data-sent"; host: string; loopback: boolean; images: number; characters: number }
  | { type: "usage"; inputTokens: number | null; outputTokens: number | null };

/**
 * How a decision goes into the transcript: as a thought of its own, or as the model's text with the grammar's tags in it. `rendering`
 * says how the model was given the transcript before, where there was one.
 */
export type Said = { type: "thought"; text: string } | { type: "raw"; text: string; rendering?: Rendering };

export type Action =
  | { type: "search"; said: Said; calls: readonly ToolCall[]; malformed?: readonly MalformedCall[] }
  | { type: "answer"; said: Said; answer: Answer; confidenceMethod: string }
  | { type: "invalid"; said: Said; hint: string };

/**
 * Decides the next step of a round from typed evidence. `decide` may reject with a `MedRoundsError`; the loop turns that into
 * an event and ends the round.
 */
export type Policy = {
  identity: ModelIdentity;
  /** What the round's transcript is written in; Med-RwR's unless told. */
  grammar?: Grammar;
  /**
   * What the policy tells its model at the round's limit, where only an answer is accepted. The loop writes it into the
   * transcript and tells it as `answer-demanded`.
   */
  finalHint?: string;
  decide(state: RoundState): AsyncGenerator<PolicyOutput, Action>;
};
