import type { Picture } from "./image-preprocessing/picture.ts";

/** A model that turns images into unit vectors of one dimension, and texts too where it has a text tower. */
export type ImageEncoder = AsyncDisposable & {
  /** A short name for people, such as the model's. */
  id: string;
  /** SHA-256, 64 hexadecimal digits, over everything that decides a vector. */
  fingerprint: string;
  dimension: number;
  /** Unit vectors, one an image, in their order. */
  embedImages(images: readonly Picture[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** Unit vectors in the same space, one a text; not there where the model has no text tower. */
  embedTexts?(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
};
