import { z } from "zod";
import { chooseFamily } from "../families/choose-family.ts";
import { plain } from "../families/plain.ts";
import { requireSingleTexts } from "../families/single-texts.ts";
import { createJsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import { inOrder, malformed } from "../services/replies.ts";
import { askServedModel } from "../services/text-embeddings-inference.ts";
import type { EmbedderProvider } from "./embedder-provider.ts";

const replySchema = z.array(z.array(z.unknown()));

/**
 * Text Embeddings Inference of Hugging Face by its own route `/embed`, where longer texts are cut on the server. The model is the one
 * that the server names, or that stands after `#`.
 */
export const tei: EmbedderProvider = {
  name: "tei",
  example: "tei:http://127.0.0.1:8080",
  async open({ source, apiKey, limits }) {
    const service = createJsonService({ address: source.place, apiKey, limits });
    const { endpoint } = service;
    const served =
      source.model === undefined ? await askServedModel(service) : { model: source.model, revision: "" };
    const family = chooseFamily({ named: source.family, modelNames: [served.model], fallback: plain });
    requireSingleTexts(family);
    return {
      id: served.model,
      family,
      identity: served,
      embed: ({ texts, signal }) =>
        mapBatches({
          items: texts.map(({ text }) => text),
          limits,
          signal,
          async apply(inputs, either) {
            const body = { inputs, normalize: true, truncate: true };
            const reply = replySchema.safeParse(await service.ask({ path: "/embed", body, signal: either }));
            if (!reply.success) throw malformed(endpoint, "is no list of vectors");
            const vectors = reply.data.map((vector) => ({ vector, index: undefined }));
            return inOrder(vectors, { count: inputs.length, endpoint }).map(({ vector }) => vector);
          },
        }),
      async [Symbol.asyncDispose]() {},
    };
  },
};
