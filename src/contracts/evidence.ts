import { z } from "zod";
import { caseSchema } from "./case.ts";
import { passageSchema } from "./passage.ts";
import { tableSchema } from "./table.ts";
import { webPageSchema } from "./web-page.ts";

/** A passage, case, web page or table's rows retrieved in a round. `number` is what a citation `[n]` points to: 1, 2, 3 … in order of arrival. */
export const evidenceSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("passage"),
    number: z.int().positive(),
    query: z.string(),
    /** The retriever's score (BM25 unless another is chosen); comparable within one query only. */
    score: z.number(),
    passage: passageSchema,
  }),
  z.object({
    type: z.literal("case"),
    number: z.int().positive(),
    query: z.string(),
    /** Cosine of the two images as the library compares them, −1 to 1; for a search by text the BM25 score. */
    score: z.number(),
    case: caseSchema,
  }),
  z.object({
    type: z.literal("page"),
    number: z.int().positive(),
    query: z.string(),
    page: webPageSchema,
  }),
  z.object({
    type: z.literal("rows"),
    number: z.int().positive(),
    /** The SQL that was asked. */
    query: z.string(),
    table: tableSchema,
  }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;
export type PassageEvidence = Extract<Evidence, { type: "passage" }>;
export type CaseEvidence = Extract<Evidence, { type: "case" }>;
export type PageEvidence = Extract<Evidence, { type: "page" }>;
/** What is read as text: all but cases. */
export type TextEvidence = Exclude<Evidence, CaseEvidence>;
export type RowsEvidence = Extract<Evidence, { type: "rows" }>;

/** How many cases a similar-case search left out, and why. */
export const exclusionsSchema = z.object({
  /** The same pixels. */
  sameImage: z.int().nonnegative(),
  /** The same picture in another form: another size, encoded again, mirrored … Not in rounds of before it was told apart. */
  nearIdentical: z.int().nonnegative().optional(),
  samePatient: z.int().nonnegative(),
  sameSlide: z.int().nonnegative(),
});
export type Exclusions = z.infer<typeof exclusionsSchema>;
