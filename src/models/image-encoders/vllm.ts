import { toDataUri } from "../services/encode-picture.ts";
import type { JsonService } from "../services/json-service.ts";
import { readEmbeddings } from "../services/openai-embeddings.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";
import { openServer } from "./open-server.ts";

/**
 * A vLLM server with a pooling model of images and texts (vLLM documentation, "OpenAI-compatible server", embeddings API): `/embeddings`
 * with `messages` instead of `input`, one image or text a request.
 */
export const vllm: ImageEncoderProvider = {
  name: "vllm",
  example: "vllm:http://127.0.0.1:8000/v1#MODEL",
  async open(request) {
    return openServer(request, {
      itemsAtOnce: { images: 1, texts: 1 },
      async askImages({ items: [image], ...asked }) {
        return image === undefined
          ? []
          : ask({ ...asked, content: { type: "image_url", image_url: { url: await toDataUri(image) } } });
      },
      askTexts: async ({ items: [text = ""], ...asked }) =>
        ask({ ...asked, content: { type: "text", text } }),
    });
  },
};

async function ask(request: {
  service: JsonService;
  model: string;
  content: { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };
  signal: AbortSignal;
}) {
  const { service, model, content, signal } = request;
  const body = { model, messages: [{ role: "user", content: [content] }], encoding_format: "float" };
  const reply = await service.ask({ path: "/embeddings", body, signal });
  return readEmbeddings(reply, { count: 1, endpoint: service.endpoint });
}
