import { z } from "zod";
import { caseSchema } from "./case.ts";
import { modelIdentitySchema } from "./event.ts";
import { exclusionsSchema } from "./evidence.ts";
import { passageSchema } from "./passage.ts";
import { questionLimit, questionSchema } from "./question.ts";

/**
 * The JSON of `POST /v1/rounds`; in a multipart request it is the field `request`, and each field `image` holds a file.
 * `images` carries files as base64 where a client sends JSON alone.
 */
export const roundRequestSchema = z.object({
  question: z.string().max(questionLimit).default(""),
  options: questionSchema.shape.options.max(26).default([]),
  images: z
    .array(z.object({ name: z.string().max(255), base64: z.base64() }))
    .max(8)
    .default([]),
  patientId: z.string().max(200).optional(),
  slideId: z.string().max(200).optional(),
  /** The round that this one follows up: its images are asked about again where none are given. */
  parentRoundId: z.uuid().optional(),
  confidenceThreshold: z.number().min(0).max(1).optional(),
  seed: z.int().nonnegative().optional(),
});
export type RoundRequestBody = z.input<typeof roundRequestSchema>;

/** The answer to `POST /v1/rounds` with `Prefer: respond-async` (RFC 7240). */
export const roundAcceptedSchema = z.object({ id: z.uuid(), events: z.string() });

/** The JSON of `POST /v1/search`: words, or an image as base64, with whose cases are left out of its search. */
export const searchRequestSchema = z.object({
  text: z.string().max(questionLimit).optional(),
  image: z.object({ name: z.string().max(255), base64: z.base64() }).optional(),
  patientId: z.string().max(200).optional(),
  slideId: z.string().max(200).optional(),
  top: z.int().min(1).max(100).default(10),
});

/** What one stage of a search made of a passage: its rank from 1, and its score on that stage's own scale. */
export const searchStageSchema = z.object({
  /** "bm25", "dense" and the embedder, "fusion", "rerank" and the reranker. */
  stage: z.string(),
  rank: z.int().positive(),
  score: z.number(),
});
export type SearchStage = z.infer<typeof searchStageSchema>;

export const searchResultSchema = z.object({
  /** The score is that of the last stage; a stage that did not have the passage is not there. */
  passages: z.array(
    z.object({ passage: passageSchema, score: z.number(), stages: z.array(searchStageSchema) }),
  ),
  cases: z.array(z.object({ case: caseSchema, score: z.number() })),
  excluded: exclusionsSchema.optional(),
  searched: z.object({ passages: z.int(), cases: z.int() }),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** One piece of the library, with the passages before and after it in its document. */
export const libraryEntrySchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("passage"),
    passage: passageSchema,
    before: passageSchema.nullable(),
    after: passageSchema.nullable(),
  }),
  z.object({ type: z.literal("case"), case: caseSchema }),
]);
export type LibraryEntry = z.infer<typeof libraryEntrySchema>;

/** What `GET /v1/system` tells a page: which library and which model, what may leave the machine, and what to try. */
export const systemSchema = z.object({
  version: z.string(),
  library: z.object({ name: z.string(), passages: z.int(), cases: z.int() }),
  model: modelIdentitySchema,
  /** Hosts other than this machine: those that get questions with their images, and those that get the searches. */
  sentTo: z.object({ questions: z.array(z.string()), searches: z.array(z.string()) }),
  demo: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      /** Address of the question's image on this server. */
      image: z.string().nullable(),
      options: questionSchema.shape.options,
      patientId: z.string().optional(),
      slideId: z.string().optional(),
    }),
  ),
  notice: z.string(),
});
export type System = z.infer<typeof systemSchema>;
