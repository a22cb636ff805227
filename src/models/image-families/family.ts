import type { Preprocessing } from "../image-preprocessing/preprocess.ts";

/**
 * What a model card says about turning images, and texts where there is a text tower, into vectors: a family of models that are used
 * alike. Data alone, since all of it decides the vectors and so the fingerprint.
 */
export type ImageFamily = {
  /** As named in a source: `?family=NAME`. */
  name: string;
  /** Names and types of models that belong to it; absent where it is only used when named. */
  models?: RegExp;
  /** Used where the model's folder says nothing of it. */
  preprocessing?: Preprocessing;
  /** The graph's output that is the vector of an image: the first of these that there is, else its only output. */
  outputs: readonly string[];
  /** Of an output with a vector for each token: that of the first one, or their mean. Feature maps are always averaged. */
  pooling: "first-token" | "mean";
  /** Longer texts are cut; `full` fills each text up to that many tokens, as the model saw them in training. */
  text?: { maxTokens: number; padding: "longest" | "full" };
};

/** Vectors in the space that images and texts share, then the vector that a model itself makes of its last layer. */
export const projected = ["image_embeds", "image_features", "pooler_output", "last_hidden_state"] as const;
