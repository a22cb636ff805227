import { createHash } from "node:crypto";
import type { ImageEncoder } from "../../src/imaging/index.ts";

const colors = ["red", "green", "blue"];

/**
 * A real image encoder without a model: the mean of each color channel, at unit length; `seed` turns the axes, so that two of them give
 * different vectors. A text's vector is that of the colors that it names.
 */
export function meanEncoder({ id = "means", seed = 0, texts = false } = {}): ImageEncoder & {
  /** How many images it was given. */
  embedded: { images: number };
} {
  const embedded = { images: 0 };
  const unit = (values: readonly number[]) => {
    const length = Math.hypot(...values) || 1;
    return Float32Array.from(values, (_, index) => (values[(index + seed) % values.length] ?? 0) / length);
  };
  return {
    id,
    dimension: 4,
    fingerprint: createHash("sha256").update(`${id}${seed}${texts}`).digest("hex"),
    embedded,
    async embedImages(images, signal) {
      signal?.throwIfAborted();
      embedded.images += images.length;
      return images.map(({ channels, data }) => {
        const sums = [0, 0, 0];
        for (let at = 0; at < data.length; at++) {
          for (const channel of channels === 1 ? [0, 1, 2] : [at % 3]) {
            sums[channel] = (sums[channel] ?? 0) + (data[at] ?? 0);
          }
        }
        return unit([...sums, 1]);
      });
    },
    ...(texts
      ? {
          embedTexts: async (given: readonly string[]) =>
            given.map((text) => unit([...colors.map((color) => Number(text.includes(color))), 0.001])),
        }
      : {}),
    [Symbol.asyncDispose]: async () => {},
  };
}
