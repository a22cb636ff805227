import { z } from "zod";
import { outcomeSchema, renderingSchema, transcriptSchema } from "#contracts";

const partSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image"), image: z.int().nonnegative() }),
]);

const questionSchema = z.object({
  id: z.string().min(1),
  text: z.string(),
  options: z.array(z.object({ label: z.string(), text: z.string() })),
  images: z.array(
    z.object({
      sha256: z.string(),
      file: z.string(),
      sourceSha256: z.string().default(""),
    }),
  ),
  gold: z.object({
    label: z.string().optional(),
    text: z.string().optional(),
    aliases: z.array(z.string()),
    entities: z.array(z.string()),
    sources: z.array(z.string()),
  }),
  group: z.string(),
  dataSet: z.string(),
  license: z.string(),
});

/** What an export needs of a rollout; the rest of its line is passed over. */
export const rolloutSchema = z.object({
  version: z.literal(1),
  id: z.string().min(1),
  attempt: z.int().nonnegative(),
  seed: z.number(),
  question: questionSchema,
  prompt: z.array(z.object({ role: z.string(), parts: z.array(partSchema) })),
  transcript: transcriptSchema,
  rendering: renderingSchema,
  outcome: outcomeSchema,
  configurationHash: z.string(),
  correct: z.number().nullable(),
  reward: z.object({ profile: z.string(), total: z.number().nullable() }).nullable(),
});

/** A rollout as an export reads it; every `Rollout` is one. */
export type ExportedRollout = z.infer<typeof rolloutSchema>;
