import { MedRoundsError } from "#contracts";
import { chooseFamily } from "../families/choose-family.ts";
import { plain } from "../families/plain.ts";
import { requireSingleTexts } from "../families/single-texts.ts";
import { createJsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import { readEmbeddings } from "../services/openai-embeddings.ts";
import type { EmbedderProvider } from "./embedder-provider.ts";

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
            const reply = await service.ask({ path: "/embeddings", body, signal: either });
            return readEmbeddings(reply, { count: input.length, endpoint });
          },
        }),
      async [Symbol.asyncDispose]() {},
    };
  },
};
