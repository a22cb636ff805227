import { encodePicture } from "../services/encode-picture.ts";
import type { JsonService } from "../services/json-service.ts";
import { readEmbeddings } from "../services/openai-embeddings.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";
import { openServer } from "./open-server.ts";

/**
 * Jina AI's `/embeddings` for models of images and texts, such as jina-clip-v2 (jina.ai, embeddings API): each input is
 * `{ "image": BASE64 }` or `{ "text": … }`. Servers that imitate it take the same.
 */
export const jina: ImageEncoderProvider = {
  name: "jina",
  example: "jina:https://api.jina.ai/v1#jina-clip-v2",
  async open(request) {
    return openServer(request, {
      itemsAtOnce: { images: 8, texts: 32 },
      async askImages({ items, ...asked }) {
        const images = await Promise.all(items.map(encodePicture));
        return ask({ ...asked, input: images.map((image) => ({ image })) });
      },
      askTexts: ({ items, ...asked }) => ask({ ...asked, input: items.map((text) => ({ text })) }),
    });
  },
};

async function ask(request: {
  service: JsonService;
  model: string;
  input: readonly ({ image: string } | { text: string })[];
  signal: AbortSignal;
}) {
  const { service, model, input, signal } = request;
  const body = { model, input, embedding_type: "float", normalized: true };
  const reply = await service.ask({ path: "/embeddings", body, signal });
  return readEmbeddings(reply, { count: input.length, endpoint: service.endpoint });
}
