import { MedRoundsError } from "#contracts";

export type Transformers = typeof import("@huggingface/transformers");

/**
 * The optional package that runs ONNX models, loaded when it is first needed.
 * @throws MedRoundsError `transformers-missing`
 */
export async function loadTransformers(
  load: () => Promise<Transformers> = () => import("@huggingface/transformers"),
): Promise<Transformers> {
  try {
    return await load();
  } catch (error) {
    const cause = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const message = "Models in a folder need the package @huggingface/transformers, which is not installed.";
    throw new MedRoundsError("transformers-missing", message, { cause }, { cause: error });
  }
}
