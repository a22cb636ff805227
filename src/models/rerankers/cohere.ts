import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { createJsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import { inOrder, malformed } from "../services/replies.ts";
import type { RerankerProvider } from "./reranker-provider.ts";

const replySchema = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.unknown() })),
});

/**
 * Any server with Cohere's `/rerank`, version 1 or 2 (Cohere, Jina, vLLM, Infinity), by Cohere's API reference. The source names the
 * address before `/rerank`.
 */
export const cohere: RerankerProvider = {
  name: "cohere",
  example: "cohere:http://127.0.0.1:8000/v1#MODEL",
  async open({ source, apiKey, limits }) {
    const { place: address, model } = source;
    if (model === undefined) {
      throw new MedRoundsError("model-source-invalid", "The source names no model after #.");
    }
    const service = createJsonService({ address, apiKey, limits });
    const { endpoint } = service;
    return {
      id: model,
      score: ({ query, texts, signal }) =>
        mapBatches({
          items: texts,
          limits,
          signal,
          async apply(documents, either) {
            const body = { model, query, documents, top_n: documents.length };
            const reply = replySchema.safeParse(await service.ask({ path: "/rerank", body, signal: either }));
            if (!reply.success) throw malformed(endpoint, "is no list of results");
            const ordered = inOrder(reply.data.results, { count: documents.length, endpoint });
            return ordered.map(({ relevance_score }) => relevance_score);
          },
        }),
      async [Symbol.asyncDispose]() {},
    };
  },
};
