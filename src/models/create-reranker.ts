import { MedRoundsError } from "#contracts";
import { joinTitle } from "./families/family.ts";
import { findProvider, parseModelSource } from "./model-source.ts";
import { rerankerProviders } from "./rerankers/list.ts";
import type { RerankerProvider } from "./rerankers/reranker-provider.ts";
import type { TransportLimits } from "./services/transport-limits.ts";
import type { EmbedderProgress, Reranker } from "./text-embedder.ts";

/**
 * Opens a reranker by its source: `onnx:FOLDER`, `onnx:HUB-ID`, `tei:URL` or `cohere:URL#MODEL`. A title goes before its text as a
 * sentence. With `cacheFolder` models of the hub are kept there.
 * @throws MedRoundsError `model-source-invalid`, `endpoint-invalid`, `path-missing`, `model-unusable`, `transformers-missing`; its
 * method `service-unreachable`, `service-refused`, `service-broken`, `score-invalid`, and the reason of its signal
 */
export async function createReranker(request: {
  source: string;
  cacheFolder?: string;
  /** The key of a server. */
  apiKey?: string;
  onProgress?: (progress: EmbedderProgress) => void;
  limits?: TransportLimits;
  /** Those of the list unless told. */
  providers?: readonly RerankerProvider[];
}): Promise<Reranker> {
  const { cacheFolder, apiKey, onProgress, limits, providers = rerankerProviders } = request;
  const source = parseModelSource(request.source);
  const provider = findProvider(providers, source);
  const model = await provider.open({ source, cacheFolder, apiKey, onProgress, limits });
  return {
    id: model.id,
    async rerank({ query, passages, signal }) {
      signal?.throwIfAborted();
      if (passages.length === 0) return [];
      const texts = passages.map((passage) => joinTitle("sentence", passage).toWellFormed());
      const scores = await model.score({ query: query.toWellFormed(), texts, signal });
      return scores.map((score, index) => {
        if (typeof score === "number" && Number.isFinite(score)) return score;
        throw new MedRoundsError("score-invalid", `The score of passage ${index} is no finite number.`, {
          index,
        });
      });
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
