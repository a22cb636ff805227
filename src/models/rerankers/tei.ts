import { z } from "zod";
import { createJsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import { inOrder, malformed } from "../services/replies.ts";
import { askServedModel } from "../services/text-embeddings-inference.ts";
import type { RerankerProvider } from "./reranker-provider.ts";

const replySchema = z.array(z.object({ index: z.int(), score: z.unknown() }));

/** Text Embeddings Inference of Hugging Face with a reranking model, by its route `/rerank`. */
export const tei: RerankerProvider = {
  name: "tei",
  example: "tei:http://127.0.0.1:8080",
  async open({ source, apiKey, limits }) {
    const service = createJsonService({ address: source.place, apiKey, limits });
    const { endpoint } = service;
    return {
      id: source.model ?? (await askServedModel(service)).model,
      score: ({ query, texts, signal }) =>
        mapBatches({
          items: texts,
          limits,
          signal,
          async apply(batch, either) {
            const body = { query, texts: batch, truncate: true, raw_scores: true };
            const reply = replySchema.safeParse(await service.ask({ path: "/rerank", body, signal: either }));
            if (!reply.success) throw malformed(endpoint, "is no list of scores");
            return inOrder(reply.data, { count: batch.length, endpoint }).map(({ score }) => score);
          },
        }),
      async [Symbol.asyncDispose]() {},
    };
  },
};
