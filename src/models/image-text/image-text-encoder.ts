import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { loadClip } from "./clip.ts";

/** Decoded pixels, 8 bits a sample, rows from the top, samples interleaved. */
export type Picture = { width: number; height: number; channels: 1 | 3; data: Uint8Array };

/** Puts images and texts into one space, so that an image lies near the texts that fit it. */
export type ImageTextEncoder = AsyncDisposable & {
  /** A short name for people. */
  id: string;
  /**
   * The cosine (−1 to 1) of each image's vector with that of the text at its place. As many images as texts. Throws
   * `vector-invalid` where the model gives no finite vectors of one length.
   */
  similarity(request: {
    images: readonly Picture[];
    texts: readonly string[];
    signal?: AbortSignal;
  }): Promise<number[]>;
};

const itemsAtOnce = 8;

/**
 * Loads an image–text model. A source is `onnx:FOLDER`: a CLIP-like model in the layout of Transformers.js, with config.json,
 * tokenizer.json, tokenizer_config.json, preprocessor_config.json, and either text_model.onnx and vision_model.onnx (with
 * projection) or one model.onnx, beside them or in a folder onnx. Nothing is downloaded. Throws `usage-invalid`, `path-missing`,
 * `transformers-missing` and `image-text-unreadable`.
 */
export async function openImageTextEncoder({ source }: { source: string }): Promise<ImageTextEncoder> {
  const named = /^onnx:(.+)$/.exec(source)?.[1];
  if (named === undefined) {
    throw new MedRoundsError("usage-invalid", "An image–text model is named as onnx:FOLDER.", { source });
  }
  const folder = resolve(named);
  if (!statSync(join(folder, "config.json"), { throwIfNoEntry: false })?.isFile()) {
    throw new MedRoundsError("path-missing", `There is no model's config.json in ${named}.`, {
      path: folder,
    });
  }
  const clip = await loadClip(folder);
  return {
    id: basename(folder),
    async similarity({ images, texts, signal }) {
      // One image is asked about with several texts, and several images with one text.
      const imageVectors = await encodeOnce(images, clip.encodeImages, signal);
      const textVectors = await encodeOnce(texts, clip.encodeTexts, signal);
      return images.map((_, index) => cosine(imageVectors[index], textVectors[index]));
    },
    [Symbol.asyncDispose]: clip.dispose,
  };
}

/** The vector of each item, in their order; equal items are encoded once. */
async function encodeOnce<Item>(
  items: readonly Item[],
  encode: (items: readonly Item[]) => Promise<Float32Array[]>,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const distinct = [...new Set(items)];
  const vectors = new Map<Item, Float32Array>();
  for (let start = 0; start < distinct.length; start += itemsAtOnce) {
    signal?.throwIfAborted();
    const some = distinct.slice(start, start + itemsAtOnce);
    const encoded = await encode(some);
    for (const [index, item] of some.entries()) vectors.set(item, encoded[index] ?? new Float32Array());
    // The model holds the thread while it computes; others get their turn between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return items.map((item) => vectors.get(item) ?? new Float32Array());
}

function cosine(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    product += value * other;
    squareA += value * value;
    squareB += other * other;
  }
  const result = product / Math.sqrt(squareA * squareB);
  if (a.length === b.length && Number.isFinite(result)) return Math.min(1, Math.max(-1, result));
  throw new MedRoundsError("vector-invalid", "The image–text model gave no vectors that can be compared.", {
    imageDimension: a.length,
    textDimension: b.length,
  });
}
