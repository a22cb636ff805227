import type { ImageFamily } from "../image-families/family.ts";
import { loadTransformers } from "../onnx/load-transformers.ts";
import type { OnnxGraph } from "../onnx/open-graph.ts";
import { createTokenize, type TokenizedText, type Tokenizer } from "../onnx/tokenize.ts";
import { chooseOutput, leastInputs, unusable } from "./graph-ends.ts";

const textsAtOnce = 16;
const outputs = ["text_embeds", "text_features", "pooler_output"];
const defaults = { maxTokens: 512, padding: "longest" } as const;

/** Turns texts into vectors by the graph that takes them; inputs that are not for texts get the least there is. */
export async function createTextTower(request: { graph: OnnxGraph; folder: string; family: ImageFamily }) {
  const { graph, folder, family } = request;
  const { tokenize, padding, longest } = await loadTokenizer(folder);
  const output = chooseOutput(graph, outputs);
  const ids = graph.inputs.find(({ name, shape }) => shape.length === 2 && !/mask|type|position/.test(name));
  if (ids === undefined) throw unusable("takes no texts");
  const [batch, fixed] = ids.shape;
  const use = family.text ?? defaults;
  const limit = Math.min(use.maxTokens, longest, positive(fixed) ?? Infinity);
  const atOnce = positive(batch) ?? textsAtOnce;
  const others = leastInputs(graph, (name) => name !== ids.name);
  const run = async (texts: readonly TokenizedText[]): Promise<Float32Array[]> => {
    const isFull = use.padding === "full" || positive(fixed) !== undefined;
    const tokens = isFull ? (positive(fixed) ?? limit) : Math.max(...texts.map((text) => text.ids.length));
    const rows = positive(batch) ?? texts.length;
    const fill = (valueAt: (text: TokenizedText, column: number) => number | undefined, empty: number) => ({
      values: Array.from({ length: rows * tokens }, (_, at) => {
        const text = texts[Math.floor(at / tokens)];
        return (text && valueAt(text, at % tokens)) ?? empty;
      }),
      dims: [rows, tokens],
    });
    const inputs = {
      [ids.name]: fill(({ ids: numbers }, column) => numbers[column], padding),
      attention_mask: fill(({ ids: numbers }, column) => (column < numbers.length ? 1 : undefined), 0),
      token_type_ids: fill(({ segments }, column) => segments[column], 0),
    };
    const taken = Object.entries(inputs).filter(([name]) =>
      graph.inputs.some((input) => input.name === name),
    );
    const { data, dims } = await graph.run({ ...others, ...Object.fromEntries(taken) }, output);
    if (dims.length !== 2) throw unusable("gives no single vector for a text");
    const width = dims[1] ?? 0;
    return texts.map((_, row) => data.slice(row * width, (row + 1) * width));
  };
  return {
    async embed(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += atOnce) {
        signal?.throwIfAborted();
        const some = texts.slice(start, start + atOnce).map((text) => tokenize({ text }, limit));
        vectors.push(...(await run(some)));
        // The model holds the thread while it computes; others get their turn between batches.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return vectors;
    },
  };
}

function positive(size: number | string | undefined): number | undefined {
  return typeof size === "number" && size > 0 ? size : undefined;
}

async function loadTokenizer(folder: string) {
  const { AutoTokenizer } = await loadTransformers();
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    return {
      tokenize: createTokenize(tokenizer as unknown as Tokenizer),
      padding: tokenizer.pad_token_id ?? 0,
      longest: tokenizer.model_max_length || Infinity,
    };
  } catch (error) {
    throw unusable(
      `has a tokenizer that can't be read: ${error instanceof Error ? error.message.slice(0, 200) : ""}`,
    );
  }
}
