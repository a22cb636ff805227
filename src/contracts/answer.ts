import { z } from "zod";

/** A label or option with its probability and a 95 % interval, all in 0–1. */
export const differentialEntrySchema = z.object({
  label: z.string(),
  probability: z.number().min(0).max(1),
  interval: z.tuple([z.number(), z.number()]),
});
export type DifferentialEntry = z.infer<typeof differentialEntrySchema>;

/**
 * A claim's pointer to evidence. `claim` is a sentence of the answer, `evidence` the evidence number, and `quote` the exact
 * text of that passage between `start` and `end` (offsets into the passage's text); a case has no quote.
 */
export const citationSchema = z.object({
  claim: z.string(),
  evidence: z.int().positive(),
  quote: z.string().nullable(),
  start: z.int().nullable(),
  end: z.int().nullable(),
});
export type Citation = z.infer<typeof citationSchema>;

/** The outcome of a round. `confidence` is null where it was not measured. `choice` is an option label, null without options or when abstaining. */
export const answerSchema = z.object({
  text: z.string(),
  choice: z.string().nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  abstained: z.boolean(),
  differential: z.array(differentialEntrySchema),
  citations: z.array(citationSchema),
});
export type Answer = z.infer<typeof answerSchema>;
