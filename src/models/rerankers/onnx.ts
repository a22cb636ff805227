import { MedRoundsError } from "#contracts";
import { openOnnxModel } from "../onnx/open-model.ts";
import type { RerankerProvider } from "./reranker-provider.ts";

const maxTokens = 512;

/**
 * A cross-encoder in this process, from a folder or the hub: query and text are one input of at most 512 tokens, and its single logit
 * is the score (BGE reranker, MedCPT's cross-encoder, ms-marco MiniLM).
 */
export const onnx: RerankerProvider = {
  name: "onnx",
  example: "onnx:FOLDER",
  async open({ source, cacheFolder, onProgress }) {
    const model = await openOnnxModel({ place: source.place, head: "scores", cacheFolder, onProgress });
    return {
      id: model.id,
      score: ({ query, texts, signal }) =>
        model.run({
          texts: texts.map((text) => ({ text: query, pair: text })),
          maxTokens,
          signal,
          read({ logits }, { rows }) {
            if (logits?.dims[1] !== 1) {
              throw new MedRoundsError("model-unusable", "The model gives not one score for a text.");
            }
            return rows.map((_, row) => logits.data[row]);
          },
        }),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    };
  },
};
