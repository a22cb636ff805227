import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGraph, type GraphValue } from "./graph.ts";

const words = ["[PAD]", "[UNK]", "red", "green", "blue"];
const dimension = 4;
const side = 8;

const pixels: GraphValue = { name: "pixel_values", type: "float", shape: ["images", 3, "rows", "columns"] };
const ids: GraphValue = { name: "input_ids", type: "int64", shape: ["texts", "tokens"] };
const mask: GraphValue = { name: "attention_mask", type: "int64", shape: ["texts", "tokens"] };
const imageEmbeds: GraphValue = { name: "image_embeds", type: "float", shape: ["images", dimension] };
const textEmbeds: GraphValue = { name: "text_embeds", type: "float", shape: ["texts", dimension] };

export type TinyClip = {
  /** Two towers or one graph. */
  layout: "towers" | "whole";
  /** The text graph takes no attention mask, so that what fills a text counts as words that it does not know. */
  unmasked?: true;
  /** Nothing says how images are prepared. */
  unprepared?: true;
};

/**
 * Writes a CLIP-like model whose cosines can be worked out by hand: an image's vector is its mean red, green and blue and a zero, a
 * text's the sum of its words' axes, and a word it does not know lies on the fourth axis.
 */
export async function writeTinyClip(folder: string, model: TinyClip | TinyClip["layout"]): Promise<void> {
  const { layout, unmasked, unprepared } = typeof model === "string" ? { layout: model } : model;
  await mkdir(join(folder, "onnx"), { recursive: true });
  const files = {
    "config.json": { model_type: "clip" },
    ...(unprepared ? {} : { "preprocessor_config.json": preprocessor }),
    "tokenizer_config.json": { tokenizer_class: "BertTokenizer", model_max_length: 512, pad_token: "[PAD]" },
    "tokenizer.json": {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: [{ id: 0, content: "[PAD]", special: true }],
      normalizer: { type: "Lowercase" },
      pre_tokenizer: { type: "Whitespace" },
      post_processor: null,
      decoder: null,
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      },
    },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  const textInputs = unmasked ? [ids] : [ids, mask];
  for (const [name, model] of Object.entries(
    layout === "whole" ? wholeModel(textInputs) : towers(textInputs),
  )) {
    await writeFile(join(folder, "onnx", name), model);
  }
}

const preprocessor = {
  image_processor_type: "CLIPImageProcessor",
  do_resize: true,
  size: { height: side, width: side },
  do_center_crop: false,
  do_normalize: false,
  do_rescale: true,
  rescale_factor: 1 / 255,
};

function towers(textInputs: readonly GraphValue[]): Record<string, Uint8Array> {
  const vision = createGraph();
  addVision(vision);
  const text = createGraph();
  addText(text, textInputs);
  return {
    "vision_model.onnx": vision.build({ inputs: [pixels], outputs: [imageEmbeds] }),
    "text_model.onnx": text.build({ inputs: textInputs, outputs: [textEmbeds] }),
  };
}

function wholeModel(textInputs: readonly GraphValue[]): Record<string, Uint8Array> {
  const graph = createGraph();
  addVision(graph);
  addText(graph, textInputs);
  return {
    "model.onnx": graph.build({ inputs: [pixels, ...textInputs], outputs: [imageEmbeds, textEmbeds] }),
  };
}

function addVision(graph: ReturnType<typeof createGraph>): void {
  const plane = graph.integers("plane", [2, 3]);
  const means = graph.apply("ReduceMean", [pixels.name, plane], { attributes: { keepdims: 0 } });
  const projection = graph.weights("projection", axes([0, 1, 2]), [3, dimension]);
  graph.apply("MatMul", [means, projection], { output: imageEmbeds.name });
}

function addText(graph: ReturnType<typeof createGraph>, inputs: readonly GraphValue[]): void {
  const table = graph.weights("table", axes([3, 3, 0, 1, 2]), [words.length, dimension]);
  let vectors = graph.apply("Gather", [table, ids.name]);
  if (inputs.includes(mask)) {
    const kept = graph.apply("Cast", [mask.name], { attributes: { to: 1 } });
    const spread = graph.apply("Unsqueeze", [kept, graph.integers("last", [2])]);
    vectors = graph.apply("Mul", [vectors, spread]);
  }
  const tokens = graph.integers("tokens", [1]);
  graph.apply("ReduceSum", [vectors, tokens], { attributes: { keepdims: 0 }, output: textEmbeds.name });
}

/** A row for each place of `ones`, 1 there and 0 elsewhere. */
function axes(ones: readonly number[]): Float32Array {
  const rows = new Float32Array(ones.length * dimension);
  for (const [row, axis] of ones.entries()) rows[row * dimension + axis] = 1;
  return rows;
}
