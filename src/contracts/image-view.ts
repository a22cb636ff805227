import { z } from "zod";

const share = z.number().min(0);

/** How an image of a round was looked at more closely. */
export const imageViewSchema = z.object({
  /** From the upper left corner: in pixels, or in shares where width and height are at most 1. */
  box: z.object({ x: share, y: share, width: share, height: share }).optional(),
  /** Longest side of the new image, in pixels. */
  side: z.int().min(64).max(2048).optional(),
  /** Window of a DICOM image, in values of its modality (PS3.3 C.11.2). */
  window: z.object({ center: z.number(), width: z.number().min(1) }).optional(),
  /** Black becomes white. */
  invert: z.boolean().optional(),
  /** The case whose image stands to the right, cut by the same box. */
  caseId: z.string().optional(),
});
export type ImageView = z.infer<typeof imageViewSchema>;
