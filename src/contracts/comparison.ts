import { z } from "zod";

const share = z.number().min(0).max(1);

/** A part of a picture, upright; position and size are shares of its width and height. */
export const boxSchema = z.object({ x: share, y: share, width: share, height: share });
export type Box = z.infer<typeof boxSchema>;

/** An image that the server has already: one of a round's question, from 1, or that of a case. */
export const knownImageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("round"), id: z.uuid(), image: z.int().min(1).max(99) }),
  z.object({ type: z.literal("case"), id: z.string().min(1).max(1000) }),
]);
export type KnownImage = z.infer<typeof knownImageSchema>;

/** The JSON of `POST /v1/compare`: a case, and the image that it is compared with: a known one, or a file. */
export const compareRequestSchema = z.object({
  caseId: z.string().min(1).max(1000),
  known: knownImageSchema.optional(),
  image: z.object({ name: z.string().max(255), base64: z.base64() }).optional(),
});

const regionMapSchema = z.object({ columns: z.int(), rows: z.int(), values: z.array(share) });
export type RegionMap = z.infer<typeof regionMapSchema>;

/**
 * Where two images look alike. Each map has a value for each region, in rows from the top: how much it finds its like in the other
 * image, 0–1. The pairs are the best matching boxes, best first.
 */
export const comparisonSchema = z.object({
  query: regionMapSchema,
  found: regionMapSchema,
  pairs: z.array(z.object({ from: boxSchema, to: boxSchema, similarity: share })),
});
export type Comparison = z.infer<typeof comparisonSchema>;
