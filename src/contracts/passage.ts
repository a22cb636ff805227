import { z } from "zod";

/** Where a passage stands in its source: character offsets into the source document's text, `start` inclusive, `end` exclusive. */
export const sourceSpanSchema = z.object({
  file: z.string(),
  document: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});

/** A piece of text that can be retrieved and cited. `text` is exactly the source document's text between the offsets. */
export const passageSchema = z.object({
  id: z.string(),
  corpus: z.string(),
  title: z.string(),
  headings: z.array(z.string()),
  text: z.string(),
  source: sourceSpanSchema,
  licence: z.string().optional(),
  url: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()),
});
export type Passage = z.infer<typeof passageSchema>;
