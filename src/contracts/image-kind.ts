import { z } from "zod";

/**
 * What an image can be. `chest-lateral` and `radiograph` (a radiograph of something else) are known only where a DICOM file says so;
 * the others are also told from the picture. `other` is none of these, or like none of them.
 */
export const imageKinds = [
  "chest-frontal",
  "chest-lateral",
  "radiograph",
  "cross-section",
  "histology",
  "cytology",
  "other",
] as const;
export const imageKindSchema = z.enum(imageKinds);
export type ImageKind = z.infer<typeof imageKindSchema>;

/** A kind with its probability, 0–1. */
export const kindGuessSchema = z.object({ name: imageKindSchema, probability: z.number().min(0).max(1) });
export type KindGuess = z.infer<typeof kindGuessSchema>;
