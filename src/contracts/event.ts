import { z } from "zod";
import { actionSchema, renderingSchema } from "./action.ts";
import { answerSchema } from "./answer.ts";
import { errorCures } from "./error-cures.ts";
import type { ErrorCode } from "./errors.ts";
import { evidenceSchema, exclusionsSchema } from "./evidence.ts";
import { kindGuessSchema } from "./image-kind.ts";
import { imageViewSchema } from "./image-view.ts";
import { questionSchema } from "./question.ts";
import { toolNameSchema } from "./tool-name.ts";
import { leftOutPagesSchema, webImageSchema } from "./web-page.ts";

export const failureSchema = z.object({
  code: z.enum(Object.keys(errorCures) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  cure: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const modelIdentitySchema = z.object({
  policy: z.enum(["reader", "tags", "tools", "single-shot", "iterative", "staged", "prompted"]),
  /** The language model's name; null when no language model is used. */
  name: z.string().nullable(),
  /** Its address, without credentials; null when no language model is used. */
  endpoint: z.string().nullable(),
  /** In plain words, also whether a language model was used. */
  description: z.string(),
});
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

/** Which characters of the transcript the environment wrote, not the model. */
export const transcriptSchema = z.object({
  text: z.string(),
  environment: z.array(
    z.object({
      start: z.int().nonnegative(),
      end: z.int().nonnegative(),
      /** What was found, the cure of an invalid action, or the demand for an answer at the limit. */
      kind: z.enum(["retrieve", "hint", "demand"]).optional(),
    }),
  ),
  /** The preset of tags that it is written in; med-rwr where left out. */
  grammar: z.string().optional(),
});
export type Transcript = z.infer<typeof transcriptSchema>;

export const outcomeSchema = z.enum(["answered", "abstained", "failed", "interrupted"]);

const common = {
  roundId: z.string(),
  /** 0, 1, 2 … without gaps. */
  sequence: z.int().nonnegative(),
  /** Milliseconds since the round began. */
  at: z.number().nonnegative(),
};
const inStep = { ...common, step: z.int().nonnegative() };

/** What a round is bounded by, decides by and writes in: with it, the events are all that a replay needs. */
const rulesSchema = z.object({
  limits: z.object({
    steps: z.number(),
    queries: z.number(),
    /** Those that models may write in the round; null where there is no such bound. */
    tokens: z.number().nullable(),
    milliseconds: z.number(),
  }),
  confidenceThreshold: z.number(),
  tools: z.array(toolNameSchema),
  /** How an unsure answer is given again; left out where it stays as it is. */
  reconsideration: z.object({ top: z.number(), keep: z.enum(["more-confident", "second"]) }).exactOptional(),
  /** The preset of tags that the transcript is written in. */
  grammar: z.string().exactOptional(),
  finalHint: z.string().exactOptional(),
});
export type RoundRules = z.infer<typeof rulesSchema>;

/**
 * All that happens in a round, in order. The stream of server-sent events, the JSON-lines trace, the evaluation log and the
 * page's timeline are this union. A round always ends with `round-end`; failures are events, the stream itself never rejects.
 */
export const roundEventSchema = z.discriminatedUnion("type", [
  z.object({
    ...common,
    type: z.literal("round-start"),
    question: questionSchema,
    model: modelIdentitySchema,
    seed: z.int(),
    configurationHash: z.string(),
    /** Not in rounds of before they could be replayed. */
    rules: rulesSchema.optional(),
  }),
  /** The evidence of the round that this one follows up, under its numbers there. */
  z.object({ ...inStep, type: z.literal("evidence-carried"), evidence: z.array(evidenceSchema) }),
  z.object({ ...inStep, type: z.literal("step-start") }),
  /**
   * The process that ran the round died in this step, and another goes on: what was told since the last step ended counts no more, except
   * what was sent and used (`liveEvents`).
   */
  z.object({ ...inStep, type: z.literal("round-resumed") }),
  z.object({
    ...inStep,
    type: z.literal("image-inspected"),
    image: z.int().positive(),
    name: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    color: z.enum(["gray", "color"]),
    /** What the image is, by its file or its look; null where nothing looked, as in rounds of before. */
    kind: kindGuessSchema.nullable().default(null),
    /** SHA-256 (hex) of the file as a model may be sent it; not in rounds of before. */
    sha256: z.string().exactOptional(),
    notes: z.array(z.string()),
  }),
  z.object({ ...inStep, type: z.literal("thought-delta"), text: z.string() }),
  z.object({
    ...inStep,
    type: z.literal("query-issued"),
    call: z.string(),
    tool: toolNameSchema,
    query: z.string(),
  }),
  z.object({
    ...inStep,
    type: z.literal("passages-retrieved"),
    call: z.string(),
    evidence: z.array(evidenceSchema),
    searched: z.int().nonnegative(),
  }),
  z.object({
    ...inStep,
    type: z.literal("cases-retrieved"),
    call: z.string(),
    evidence: z.array(evidenceSchema),
    searched: z.int().nonnegative(),
    excluded: exclusionsSchema,
  }),
  z.object({
    ...inStep,
    type: z.literal("pages-retrieved"),
    call: z.string(),
    evidence: z.array(evidenceSchema),
    /** How many articles the search service named. */
    searched: z.int().nonnegative(),
    leftOut: leftOutPagesSchema,
    images: z.array(webImageSchema),
  }),
  z.object({
    ...inStep,
    type: z.literal("rows-retrieved"),
    call: z.string(),
    evidence: z.array(evidenceSchema),
    /** How many rows the database gave. */
    searched: z.int().nonnegative(),
  }),
  /** A new image of the round, made of one that was there. The model sees it in its next step. */
  z.object({
    ...inStep,
    type: z.literal("image-derived"),
    call: z.string(),
    /** Its number in the round, and that of the image it is made of. */
    image: z.int().positive(),
    from: z.int().positive(),
    view: imageViewSchema,
    name: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    color: z.enum(["gray", "color"]),
    /** SHA-256 (hex) of its PNG file, byte for byte as the model is sent it. */
    sha256: z.string(),
    notes: z.array(z.string()),
  }),
  /** All that the policy decided in this step: what a round is replayed from, and resumed. */
  z.object({ ...inStep, type: z.literal("action-decided"), action: actionSchema }),
  z.object({ ...inStep, type: z.literal("action-invalid"), hint: z.string() }),
  /** The model is asked for its answer, with this hint: a limit is reached, or its first answer was not sure. */
  z.object({
    ...inStep,
    type: z.literal("answer-demanded"),
    hint: z.string(),
    /** A limit where left out; or its first answer was not sure, and it is asked for a second. */
    reason: z.enum(["limit", "confidence"]).optional(),
  }),
  /**
   * What is about to be sent to a server: by the model's policy, or by a search, whose embedder, reranker or store is asked. With
   * neither images nor characters it is numbers that describe the question's images. Told once for each request: where one fails that may be
   * tried again, the same may be sent to the same server several times (docs/faults.md says when).
   */
  z.object({
    ...common,
    type: z.literal("data-sent"),
    host: z.string(),
    loopback: z.boolean(),
    images: z.int().nonnegative(),
    characters: z.int().nonnegative(),
  }),
  z.object({
    ...inStep,
    type: z.literal("confidence-measured"),
    confidence: z.number().nullable(),
    threshold: z.number(),
    method: z.string(),
  }),
  /**
   * An answer below the threshold was given again, with similar cases at hand. `second` is null where none came, `failure` says why where its
   * request failed. The transcript holds both.
   */
  z.object({
    ...inStep,
    type: z.literal("answer-reconsidered"),
    first: answerSchema.pick({ choice: true, confidence: true }),
    second: answerSchema.pick({ choice: true, confidence: true }).nullable(),
    kept: z.enum(["first", "second"]),
    failure: failureSchema.optional(),
  }),
  /** Something went wrong; in a step the round goes on, outside (`step` null) it ends. */
  z.object({
    ...common,
    step: z.int().nonnegative().nullable(),
    type: z.literal("failure"),
    /** The look-up that failed, where it was one. */
    call: z.string().optional(),
    failure: failureSchema,
  }),
  z.object({
    ...inStep,
    type: z.literal("usage-reported"),
    inputTokens: z.int().nullable(),
    outputTokens: z.int().nullable(),
    /** How many tokens the model seems to have written, where its server does not tell. */
    estimatedOutputTokens: z.int().nonnegative().exactOptional(),
  }),
  z.object({
    ...inStep,
    type: z.literal("step-end"),
    milliseconds: z.number(),
    /** Whether the model went on in its own turn or was given the transcript as a conversation; only where it speaks tags. */
    rendering: renderingSchema.optional(),
  }),
  z.object({ ...common, type: z.literal("answer-final"), answer: answerSchema }),
  z.object({
    ...common,
    type: z.literal("round-end"),
    outcome: outcomeSchema,
    transcript: transcriptSchema,
  }),
]);
export type RoundEvent = z.infer<typeof roundEventSchema>;
