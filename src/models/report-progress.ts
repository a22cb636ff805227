import type { EmbedderProgress, TextEmbedder } from "./text-embedder.ts";

/** Large enough that texts of like length can be found for each batch, small enough that little is lost when one fails. */
const passagesPerSlice = 512;

/** An embedder that works through many passages in slices of 512, and reports after each. */
export function reportProgress(
  embedder: TextEmbedder,
  onProgress: ((progress: EmbedderProgress) => void) | undefined,
): TextEmbedder {
  return {
    ...embedder,
    async embedPassages(passages, signal) {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < passages.length; start += passagesPerSlice) {
        const slice = await embedder.embedPassages(passages.slice(start, start + passagesPerSlice), signal);
        for (const vector of slice) vectors.push(vector);
        onProgress?.({ type: "embed", done: vectors.length, total: passages.length });
      }
      return vectors;
    },
  };
}
