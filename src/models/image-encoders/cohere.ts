import { z } from "zod";
import { toDataUri } from "../services/encode-picture.ts";
import type { JsonService } from "../services/json-service.ts";
import { inOrder, malformed } from "../services/replies.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";
import { openServer } from "./open-server.ts";

const replySchema = z.object({ embeddings: z.object({ float: z.array(z.array(z.unknown())) }) });

/**
 * Cohere's `/embed`, version 2, and servers that imitate it, such as vLLM (Cohere API reference): one image a request, as a data URI,
 * and texts as queries. The address is what stands before `/embed`.
 */
export const cohere: ImageEncoderProvider = {
  name: "cohere",
  example: "cohere:https://api.cohere.com/v2#embed-v4.0",
  async open(request) {
    return openServer(request, {
      itemsAtOnce: { images: 1, texts: 96 },
      askImages: async ({ items, ...asked }) =>
        ask({
          ...asked,
          count: items.length,
          input: { input_type: "image", images: await Promise.all(items.map(toDataUri)) },
        }),
      askTexts: ({ items: texts, ...asked }) =>
        ask({ ...asked, count: texts.length, input: { input_type: "search_query", texts } }),
    });
  },
};

async function ask(request: {
  service: JsonService;
  model: string;
  input: object;
  count: number;
  signal: AbortSignal;
}) {
  const { service, model, input, count, signal } = request;
  const { endpoint } = service;
  const body = { model, ...input, embedding_types: ["float"] };
  const reply = replySchema.safeParse(await service.ask({ path: "/embed", body, signal }));
  if (!reply.success) throw malformed(endpoint, "is no list of embeddings");
  const vectors = reply.data.embeddings.float.map((vector) => ({ vector, index: undefined }));
  return inOrder(vectors, { count, endpoint }).map(({ vector }) => vector);
}
