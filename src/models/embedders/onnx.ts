import { MedRoundsError } from "#contracts";
import { chooseFamily } from "../families/choose-family.ts";
import type { Family } from "../families/family.ts";
import { type OnnxModel, openOnnxModel } from "../onnx/open-model.ts";
import { pool } from "../onnx/pool.ts";
import type { EmbedderProvider, OpenRequest } from "./embedder-provider.ts";

/**
 * A model in this process, from a folder or the hub, by Transformers.js, which is optional. Of two towers, such as MedCPT's, both are
 * named, the one for queries first: `onnx:QUERY-FOLDER,PASSAGE-FOLDER`.
 */
export const onnx: EmbedderProvider = {
  name: "onnx",
  example: "onnx:FOLDER?family=minilm",
  async open({ source, cacheFolder, onProgress }) {
    const places = source.place.split(",").map((place) => place.trim());
    if (places.length > 2 || source.model !== undefined) {
      throw new MedRoundsError("model-source-invalid", "A source of ONNX models names one folder or two.");
    }
    const [queries, passages] = await openTowers(places, { cacheFolder, onProgress });
    const close = async () => {
      await queries[Symbol.asyncDispose]();
      if (passages !== queries) await passages[Symbol.asyncDispose]();
    };
    let family: Family;
    try {
      family = chooseFamily({ named: source.family, modelNames: [...queries.names, ...passages.names] });
    } catch (error) {
      await close();
      throw error;
    }
    return {
      id: queries.id,
      family,
      identity: { queries: JSON.stringify(queries.digests), passages: JSON.stringify(passages.digests) },
      embed: ({ role, texts, signal }) =>
        (role === "query" ? queries : passages).run({
          texts,
          maxTokens: family.maxTokens[role],
          signal,
          read({ last_hidden_state, token_embeddings }, { rows, tokens }) {
            const output = last_hidden_state ?? token_embeddings;
            const width = output?.dims[2];
            if (output === undefined || width === undefined) {
              throw new MedRoundsError("model-unusable", "The model gives no vector for each token.");
            }
            const lengths = rows.map(({ ids }) => ids.length);
            return pool({ hidden: output.data, tokens, width, lengths, pooling: family.pooling });
          },
        }),
      [Symbol.asyncDispose]: close,
    };
  },
};

/** The encoder of queries and that of passages, which may be one. */
async function openTowers(
  places: readonly string[],
  options: Pick<OpenRequest, "cacheFolder" | "onProgress">,
): Promise<[OnnxModel, OnnxModel]> {
  const [first = "", second] = places;
  const queries = await openOnnxModel({ place: first, head: "tokens", ...options });
  if (second === undefined) return [queries, queries];
  try {
    return [queries, await openOnnxModel({ place: second, head: "tokens", ...options })];
  } catch (error) {
    await queries[Symbol.asyncDispose]();
    throw error;
  }
}
