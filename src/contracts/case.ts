import { z } from "zod";
import { imageKindSchema } from "./image-kind.ts";

/** Present, absent (looked for and not there) or uncertain. A finding that is not listed is unknown, which is a fourth thing. */
export const labelStatusSchema = z.enum(["present", "absent", "uncertain"]);
export type LabelStatus = z.infer<typeof labelStatusSchema>;

export const labelSchema = z.object({ name: z.string(), status: labelStatusSchema });
export type Label = z.infer<typeof labelSchema>;

/** An image with its findings. `image` is the address of the stored image (SHA-256 of its bytes, with extension). */
export const caseSchema = z.object({
  id: z.string(),
  corpus: z.string(),
  image: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  labels: z.array(labelSchema),
  text: z.string(),
  /** What the image is; not there for a case that was added before kinds were told. */
  kind: imageKindSchema.optional(),
  patientId: z.string().optional(),
  slideId: z.string().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
  notes: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
});
export type Case = z.infer<typeof caseSchema>;
