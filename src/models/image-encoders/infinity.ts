import { toDataUri } from "../services/encode-picture.ts";
import { readEmbeddings } from "../services/openai-embeddings.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";
import { openServer } from "./open-server.ts";

/**
 * An Infinity server (michaelfeil/infinity) with a CLIP-like model: OpenAI's `/embeddings` with `modality`, images as data URIs. The
 * address is what stands before `/embeddings`.
 */
export const infinity: ImageEncoderProvider = {
  name: "infinity",
  example: "infinity:http://127.0.0.1:7997#MODEL",
  async open(request) {
    const ask =
      (modality: "image" | "text"): Parameters<typeof openServer>[1]["askTexts"] =>
      async ({ service, model, items: input, signal }) => {
        const body = { model, input, modality, encoding_format: "float" };
        const reply = await service.ask({ path: "/embeddings", body, signal });
        return readEmbeddings(reply, { count: input.length, endpoint: service.endpoint });
      };
    return openServer(request, {
      itemsAtOnce: { images: 8, texts: 32 },
      askImages: async ({ items, ...asked }) =>
        ask("image")({ ...asked, items: await Promise.all(items.map(toDataUri)) }),
      askTexts: ask("text"),
    });
  },
};
