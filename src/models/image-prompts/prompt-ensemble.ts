import { MedRoundsError } from "#contracts";
import type { ImageEncoder } from "../image-encoder.ts";
import { toUnitVector } from "../unit-vector.ts";

/**
 * One unit vector for several prompts of the same meaning: the mean of their unit vectors, at length 1 (arXiv 2103.00020, section 3.1.4).
 * @throws MedRoundsError `image-text-unreadable` where the encoder reads no texts, `usage-invalid` without a prompt, `vector-invalid` where
 * the prompts cancel each other out, and what the encoder throws
 */
export async function embedPromptEnsemble(
  encoder: ImageEncoder,
  { prompts, signal }: { prompts: readonly string[]; signal?: AbortSignal },
): Promise<Float32Array> {
  if (encoder.embedTexts === undefined) {
    throw new MedRoundsError("image-text-unreadable", `The image encoder ${encoder.id} reads no texts.`);
  }
  if (prompts.length === 0) throw new MedRoundsError("usage-invalid", "An ensemble needs a prompt.");
  const vectors = await encoder.embedTexts(prompts, signal);
  const sum = new Float64Array(encoder.dimension);
  for (const vector of vectors) {
    for (const [index, value] of vector.entries()) sum[index] = (sum[index] as number) + value;
  }
  return toUnitVector(sum, encoder.dimension);
}
