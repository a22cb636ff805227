import { createHash } from "node:crypto";
import type { TextEmbedder } from "../../src/knowledge/index.ts";
import { terms } from "../../src/text/index.ts";

/** A real embedder without a model: hashed words, each at one place of the vector with one sign. Texts of like words lie near. */
export function wordEmbedder(given: { dimension?: number; id?: string } = {}): TextEmbedder & {
  /** How many texts it was given, queries and passages. */
  embedded: { queries: number; passages: number; calls: number };
} {
  const { dimension = 64, id = "words" } = given;
  const embedded = { queries: 0, passages: 0, calls: 0 };
  const embed = (text: string) => {
    const vector = new Float32Array(dimension);
    // A text without words has a direction, too.
    for (const term of ["", ...terms(text)]) {
      const digest = createHash("sha256").update(`${id}${term}`).digest();
      const place = digest.readUInt32LE(0) % dimension;
      vector[place] = (vector[place] ?? 0) + ((digest[4] ?? 0) % 2 === 0 ? 1 : -1) * (term === "" ? 0.1 : 1);
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  };
  return {
    id,
    dimension,
    fingerprint: createHash("sha256").update(`${id}${dimension}`).digest("hex"),
    embedded,
    async embedQueries(queries, signal) {
      signal?.throwIfAborted();
      embedded.calls++;
      embedded.queries += queries.length;
      return queries.map(embed);
    },
    async embedPassages(passages, signal) {
      signal?.throwIfAborted();
      embedded.calls++;
      embedded.passages += passages.length;
      return passages.map(({ title, text }) => embed(`${title} ${text}`));
    },
  };
}
