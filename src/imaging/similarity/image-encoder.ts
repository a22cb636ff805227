import type { Raster } from "../raster.ts";

/** A model that turns images into vectors, and texts too where it has a text tower: a port that `#models` fills. */
export type ImageEncoder = AsyncDisposable & {
  /** A short name for people. */
  id: string;
  /** Changes whenever the same image could get another vector. */
  fingerprint: string;
  dimension: number;
  /** Unit vectors, one an image, in their order. */
  embedImages(images: readonly Raster[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** Unit vectors in the same space, one a text; not there where the model has no text tower. */
  embedTexts?(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
};
