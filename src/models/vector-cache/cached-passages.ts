import { createHash } from "node:crypto";
import { join } from "node:path";
import type { TextEmbedder, TitledText } from "../text-embedder.ts";
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
    async embedPassages(passages, signal) {
      const keys = passages.map(keyOf);
      const names = keys.map((key) => key.toString("latin1"));
      const vectors = new Map<string, Float32Array>();
      const missing = new Map<string, { key: Buffer; passage: TitledText }>();
      for (const [index, kept] of (await file.read(keys)).entries()) {
        const name = names[index] as string;
        if (kept !== undefined) vectors.set(name, kept);
        else missing.set(name, { key: keys[index] as Buffer, passage: passages[index] as TitledText });
      }
      signal?.throwIfAborted();
      if (missing.size > 0) {
        const entries = [...missing];
        const made = await embedder.embedPassages(
          entries.map(([, { passage }]) => passage),
          signal,
        );
        await file.append(
          entries.map(([, { key }], index) => ({ key, vector: made[index] as Float32Array })),
        );
        for (const [index, [name]] of entries.entries()) vectors.set(name, made[index] as Float32Array);
      }
      return names.map((name) => (vectors.get(name) as Float32Array).slice());
    },
    async [Symbol.asyncDispose]() {
      await file[Symbol.asyncDispose]();
      await embedder[Symbol.asyncDispose]();
    },
  };
}
