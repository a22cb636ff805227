import { z } from "zod";
import { answerSchema } from "./answer.ts";
import {
  failureSchema,
  modelIdentitySchema,
  outcomeSchema,
  roundEventSchema,
  transcriptSchema,
} from "./event.ts";
import { evidenceSchema } from "./evidence.ts";

/** One question answered: what `medrounds ask --json` prints, and what evaluation and training read. Times are milliseconds. */
export const roundSchema = z.object({
  id: z.string(),
  question: z.string(),
  outcome: outcomeSchema,
  answer: answerSchema.shape.text,
  choice: answerSchema.shape.choice,
  confidence: answerSchema.shape.confidence,
  abstained: answerSchema.shape.abstained,
  differential: answerSchema.shape.differential,
  citations: answerSchema.shape.citations,
  grounding: answerSchema.shape.grounding,
  evidence: z.array(evidenceSchema),
  /** What went wrong on the way; a round may have failures and an answer. */
  failures: z.array(failureSchema),
  transcript: transcriptSchema,
  events: z.array(roundEventSchema),
  timings: z.object({
    total: z.number(),
    firstEvidence: z.number().nullable(),
    steps: z.array(z.number()),
  }),
  model: modelIdentitySchema,
  seed: z.int(),
  configurationHash: z.string(),
  notice: z.string(),
});
export type Round = z.infer<typeof roundSchema>;
