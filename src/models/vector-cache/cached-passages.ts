import { createHash } from "node:crypto";
import { join } from "node:path";
import type { TextEmbedder, TitledText } from "../text-embedder.ts";
import { keepVectors } from "./keep-vectors.ts";
import { openVectorFile } from "./vector-file.ts";

/**
 * An embedder whose passages are embedded once: their vectors are kept in a file of `folder` named by the fingerprint, by the
 * SHA-256 of fingerprint, role and text. Equal passages of one call are embedded once too. Queries are not kept, since a question
 * may be about a patient.
 */
export async function cachePassages(embedder: TextEmbedder, folder: string): Promise<TextEmbedder> {
  const file = await openVectorFile(join(folder, `${embedder.fingerprint}.vectors`), embedder.dimension);
  const keyOf = ({ title, text }: TitledText) =>
    createHash("sha256")
      .update(JSON.stringify([embedder.fingerprint, "passage", title, text]))
      .digest();
  return {
    ...embedder,
    embedPassages: (passages, signal) =>
      keepVectors({ items: passages, keyOf, file, make: embedder.embedPassages, signal }),
    async [Symbol.asyncDispose]() {
      await file[Symbol.asyncDispose]();
      await embedder[Symbol.asyncDispose]();
    },
  };
}
