import { z } from "zod";
import { inOrder, malformed } from "./replies.ts";

const replySchema = z.object({
  data: z.array(
    z.object({ index: z.int().optional(), embedding: z.union([z.string(), z.array(z.unknown())]) }),
  ),
});

/**
 * The vectors in a reply of OpenAI's `/embeddings`, in the order of what was asked, which `index` decides. They may come as numbers or,
 * though floats are asked for, as base64 of little-endian 32-bit floats.
 * @throws MedRoundsError `service-broken`
 */
export function readEmbeddings(
  content: unknown,
  { count, endpoint }: { count: number; endpoint: string },
): ArrayLike<unknown>[] {
  const reply = replySchema.safeParse(content);
  if (!reply.success) throw malformed(endpoint, "is no list of embeddings");
  return inOrder(reply.data.data, { count, endpoint }).map(({ embedding }) =>
    typeof embedding === "string" ? decodeFloats(embedding, endpoint) : embedding,
  );
}

function decodeFloats(base64: string, endpoint: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length % 4 !== 0) throw malformed(endpoint, "holds base64 that is no list of floats");
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
