import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { chooseFamily } from "../families/choose-family.ts";
import { plain } from "../families/plain.ts";
import { requireSingleTexts } from "../families/single-texts.ts";
import { createJsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import { inOrder, malformed } from "../services/replies.ts";
import type { EmbedderProvider } from "./embedder-provider.ts";

const replySchema = z.object({
  data: z.array(
    z.object({ index: z.int().optional(), embedding: z.union([z.string(), z.array(z.unknown())]) }),
  ),
});

/**
 * Any server with OpenAI's `/embeddings` (vLLM, SGLang, Ollama, llama.cpp, hosted models), by OpenAI's API reference. Vectors may
 * come as numbers or, though floats are asked for, as base64 of little-endian 32-bit floats; `index` decides their order.
 */
export const openai: EmbedderProvider = {
  name: "openai",
  example: "openai:http://127.0.0.1:8000/v1#MODEL",
  async open({ source, apiKey, limits }) {
    const { place: address, model, family: named } = source;
    if (model === undefined) {
      throw new MedRoundsError("model-source-invalid", "The source names no model after #.");
    }
    const family = chooseFamily({ named, modelNames: [model], fallback: plain });
    requireSingleTexts(family);
    const service = createJsonService({ address, apiKey, limits });
    const { endpoint } = service;
    return {
      id: model,
      family,
      identity: { model },
      embed: ({ texts, signal }) =>
        mapBatches({
          items: texts.map(({ text }) => text),
          limits,
          signal,
          async apply(input, either) {
            const body = { model, input, encoding_format: "float" };
            const reply = replySchema.safeParse(
              await service.ask({ path: "/embeddings", body, signal: either }),
            );
            if (!reply.success) throw malformed(endpoint, "is no list of embeddings");
            const ordered = inOrder(reply.data.data, { count: input.length, endpoint });
            return ordered.map(({ embedding }) =>
              typeof embedding === "string" ? decodeFloats(embedding, endpoint) : embedding,
            );
          },
        }),
      async [Symbol.asyncDispose]() {},
    };
  },
};

function decodeFloats(base64: string, endpoint: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length % 4 !== 0) throw malformed(endpoint, "holds base64 that is no list of floats");
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
