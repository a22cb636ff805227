import { z } from "zod";
import { caseSchema } from "./case.ts";
import { boxSchema, knownImageSchema } from "./comparison.ts";
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
  /** A recipe that comes with the product, such as chest-xray: which images the round takes. */
  recipe: z.string().max(60).optional(),
});
export type RoundRequestBody = z.input<typeof roundRequestSchema>;

/** The answer to `POST /v1/rounds` with `Prefer: respond-async` (RFC 7240). */
export const roundAcceptedSchema = z.object({ id: z.uuid(), events: z.string() });

const filterValues = z.array(z.string().max(200)).max(100).optional();

/**
 * Which cases count: those with one of the values in each field that is given. Case and repeated space do not matter; labels are those
 * that are present.
 */
export const caseFilterSchema = z.object({
  facets: z
    .object({ kind: filterValues, modality: filterValues, view: filterValues, organ: filterValues })
    .optional(),
  labels: filterValues,
  withoutLabels: filterValues,
  corpora: filterValues,
});
export type CaseFilter = z.infer<typeof caseFilterSchema>;

/**
 * The JSON of `POST /v1/search`: words, or an image as base64, or both. Identities say whose cases are left out of a search by image.
 */
export const searchRequestSchema = z.object({
  text: z.string().max(questionLimit).optional(),
  image: z.object({ name: z.string().max(255), base64: z.base64() }).optional(),
  /** Instead of an image that comes along, one that the server has; a round's patient and slide come with it. */
  known: knownImageSchema.optional(),
  /** The part of the image that cases are to be similar to. */
  box: boxSchema.optional(),
  patientId: z.string().max(200).optional(),
  slideId: z.string().max(200).optional(),
  /** Which cases count. */
  filter: caseFilterSchema.optional(),
  /** Also the best so many cases of each label. */
  perLabel: z.int().min(1).max(100).optional(),
  /** Whether of cases that are alike only the best is shown. */
  diverse: z.boolean().optional(),
  /** At most so many of the same patient's other cases, in a list of their own. */
  samePatient: z.int().min(0).max(100).optional(),
  top: z.int().min(1).max(100).default(10),
});

export type SearchRequestBody = z.input<typeof searchRequestSchema>;

/** What one stage of a search made of a passage or a case: its rank from 1, and its score on that stage's own scale. */
export const searchStageSchema = z.object({
  /** "bm25", "dense" and the embedder, "fusion", "rerank" and the reranker; of a case "images", "vector", "terms". */
  stage: z.string(),
  rank: z.int().positive(),
  score: z.number(),
});
export type SearchStage = z.infer<typeof searchStageSchema>;

export const caseHitSchema = z.object({
  case: caseSchema,
  /** By image alone the cosine as the library compares images, −1 to 1; by words alone BM25; of both, the ranks fused. */
  score: z.number(),
  /** Cosine of the two images' built-in descriptors as they are, −1 to 1: low where they are of different kinds. */
  likeness: z.number().optional(),
  /** Labels that the case shares with most of the hits. */
  sharedLabels: z.array(z.string()).optional(),
  /** How many cases that are like this one were passed over for it. */
  alike: z.int().nonnegative().optional(),
  /** Where each list had the case, where several were fused. */
  stages: z.array(searchStageSchema).optional(),
});
export type CaseHit = z.infer<typeof caseHitSchema>;

export const searchResultSchema = z.object({
  /** The score is that of the last stage; a stage that did not have the passage is not there. */
  passages: z.array(
    z.object({ passage: passageSchema, score: z.number(), stages: z.array(searchStageSchema) }),
  ),
  cases: z.array(caseHitSchema),
  /** Where the best of each label were asked for. */
  byLabel: z.array(z.object({ label: z.string(), cases: z.array(caseHitSchema) })).optional(),
  /** The labels with fewer cases than were asked for. */
  shortOf: z.array(z.object({ label: z.string(), found: z.int().nonnegative() })).optional(),
  /** The same patient's other cases, where they were asked for. */
  samePatient: z.array(caseHitSchema).optional(),
  /** Values of the filter that no case has. */
  unknownValues: z.array(z.object({ field: z.string(), value: z.string() })).optional(),
  excluded: exclusionsSchema.optional(),
  searched: z.object({ passages: z.int(), cases: z.int() }),
  /** What a person should know of the search, such as an encoder that could not be asked. */
  notes: z.array(z.string()).optional(),
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
