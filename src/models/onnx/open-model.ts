import { basename, dirname } from "node:path";
import { MedRoundsError } from "#contracts";
import type { EncoderText } from "../families/family.ts";
import type { EmbedderProgress } from "../text-embedder.ts";
import { type Batch, toBatches, toInputs } from "./batch.ts";
import { loadTransformers, type Transformers } from "./load-transformers.ts";
import { findModel, findWeights, inspectModel, type ModelConfig, type ModelPlace } from "./model-place.ts";
import { sessionOptions } from "./session-options.ts";
import { createTokenize, type Tokenizer } from "./tokenize.ts";

type Output = { data: Float32Array; dims: readonly number[] };

/** A model loaded into this process. */
export type OnnxModel = AsyncDisposable & {
  id: string;
  /** Names by which its family may be known. */
  names: readonly string[];
  /** SHA-256 of its files by their names. */
  digests: Readonly<Record<string, string>>;
  /**
   * Runs texts of at most `maxTokens` tokens through the model, batch after batch, and resolves to what `read` makes of each batch's
   * outputs, one result a text, in their order. The signal is looked at between batches.
   */
  run<Result>(request: {
    texts: readonly EncoderText[];
    maxTokens: number;
    signal: AbortSignal | undefined;
    read(outputs: Record<string, Output>, batch: Batch): readonly Result[];
  }): Promise<Result[]>;
};

/**
 * Loads a model from a folder without any request, or by its hub id, which is downloaded once. `head` says whether its last layer
 * gives a vector for each token or scores for the whole text.
 * @throws MedRoundsError `transformers-missing`, `path-missing`, `model-unusable`
 */
export async function openOnnxModel(request: {
  place: string;
  head: "tokens" | "scores";
  cacheFolder?: string | undefined;
  onProgress?: ((progress: EmbedderProgress) => void) | undefined;
}): Promise<OnnxModel> {
  const place = findModel(request.place, request.cacheFolder);
  const transformers = await loadTransformers();
  const inspected = place.type === "folder" ? await inspectModel(place.folder) : undefined;
  const { tokenizer, model } = await load({ ...request, transformers, place });
  const { config, digests } = inspected ?? (await inspectModel(place.folder));
  const tokenize = createTokenize(tokenizer as unknown as Tokenizer);
  const padding = tokenizer.pad_token_id ?? config.pad_token_id ?? 0;
  const longest = longestInput(config, tokenizer.model_max_length);
  const id = place.type === "hub" ? place.id : basename(place.folder);
  return {
    id,
    names: [id, config._name_or_path ?? ""],
    digests,
    async run({ texts, maxTokens, signal, read }) {
      signal?.throwIfAborted();
      const limit = Math.min(maxTokens, longest);
      const results = new Array(texts.length);
      for (const batch of toBatches(texts.map((text) => tokenize(text, limit)))) {
        signal?.throwIfAborted();
        const { ids, mask, segments } = toInputs(batch, padding);
        const tensor = (data: BigInt64Array) =>
          new transformers.Tensor("int64", data, [batch.rows.length, batch.tokens]);
        const outputs = await model({
          input_ids: tensor(ids),
          attention_mask: tensor(mask),
          token_type_ids: tensor(segments),
        });
        for (const [row, result] of read(outputs, batch).entries()) {
          results[batch.places[row] as number] = result;
        }
        // The model holds the thread while it computes; others get their turn between batches.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return results;
    },
    async [Symbol.asyncDispose]() {
      await model.dispose();
    },
  };
}

async function load(request: {
  transformers: Transformers;
  place: ModelPlace;
  head: "tokens" | "scores";
  onProgress?: ((progress: EmbedderProgress) => void) | undefined;
}) {
  const { transformers, place, head, onProgress } = request;
  const { AutoModel, AutoModelForSequenceClassification, AutoTokenizer } = transformers;
  const name = place.type === "hub" ? place.id : place.folder;
  const options = {
    local_files_only: place.type === "folder",
    cache_dir: dirname(dirname(place.folder)),
    progress_callback: (event: { status: string; file?: string; loaded?: number; total?: number }) => {
      if (place.type === "folder" || event.status !== "progress") return;
      const { file = "", loaded: done = 0, total = 0 } = event;
      onProgress?.({ type: "download", file, done, total });
    },
  };
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(name, options);
    const kind = head === "tokens" ? AutoModel : AutoModelForSequenceClassification;
    const model = await kind.from_pretrained(name, {
      ...options,
      dtype: "fp32",
      device: "cpu",
      subfolder: place.type === "folder" ? findWeights(place.folder) : "onnx",
      session_options: sessionOptions,
    });
    return { tokenizer, model };
  } catch (error) {
    const cause = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    throw new MedRoundsError(
      "model-unusable",
      `The model ${place.type === "hub" ? place.id : basename(place.folder)} cannot be loaded.`,
      { model: name.slice(0, 4_096), cause },
      { cause: error },
    );
  }
}

/** RoBERTa and its kin number positions from the padding id on, so that two of them are never used. */
function longestInput(config: ModelConfig, tokenizerLimit: number | undefined): number {
  const { max_position_embeddings: positions = Infinity, model_type: type } = config;
  const usable = /roberta|camembert/.test(type) ? positions - 2 : positions;
  return Math.min(usable, tokenizerLimit || Infinity);
}
