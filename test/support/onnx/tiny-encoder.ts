import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "../../../src/statistics/index.ts";
import { type EncoderConfig, type Tensors, writeBertEncoder } from "./bert-encoder.ts";

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?-()%'";
const words =
  "the a of in and is what heart lung pneumonia effusion fever cough treatment query passage represent this sentence for " +
  "searching relevant passages";

/** Special tokens, words, characters and characters inside a word; a token's id is its place. */
const tinyVocabulary: readonly string[] = [
  ...special,
  ...words.split(" "),
  ...[...letters].filter((letter) => letter !== "a"),
  ...[...letters].map((letter) => `##${letter}`),
];

export const tinyConfig = {
  hidden_size: 32,
  intermediate_size: 64,
  num_attention_heads: 4,
  num_hidden_layers: 2,
  max_position_embeddings: 64,
  type_vocab_size: 2,
  vocab_size: tinyVocabulary.length,
  layer_norm_eps: 1e-12,
} satisfies EncoderConfig;

/** Ids of texts whose words are all in the vocabulary. */
export function tinyIds(tokens: string): number[] {
  return tokens.split(" ").map((token) => {
    const id = tinyVocabulary.indexOf(token);
    if (id < 0) throw new Error(`The vocabulary has no ${token}.`);
    return id;
  });
}

/** Weights drawn from a seed, by the names of a PyTorch checkpoint. */
export function tinyTensors(seed: number): Tensors {
  const { hidden_size: hidden, intermediate_size: inner } = tinyConfig;
  return (name) => {
    const shape = shapeOf(name, { hidden, inner });
    const random = createRandom(
      seed * 1_000_003 + ([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 999_983),
    );
    const size = shape.reduce((product, length) => product * length, 1);
    const isScale = name.endsWith("LayerNorm.weight");
    return {
      shape,
      values: Float32Array.from({ length: size }, () => (isScale ? 1 : 0) + (random() - 0.5) * 0.5),
    };
  };
}

function shapeOf(name: string, { hidden, inner }: { hidden: number; inner: number }): number[] {
  if (name.startsWith("embeddings.word")) return [tinyConfig.vocab_size, hidden];
  if (name.startsWith("embeddings.position")) return [tinyConfig.max_position_embeddings, hidden];
  if (name.startsWith("embeddings.token_type")) return [tinyConfig.type_vocab_size, hidden];
  const isWeight = name.endsWith(".weight") && !name.includes("LayerNorm");
  if (name.startsWith("classifier")) return isWeight ? [1, hidden] : [1];
  if (name.includes("intermediate")) return isWeight ? [inner, hidden] : [inner];
  if (/layer\.\d+\.output\.dense/.test(name)) return isWeight ? [hidden, inner] : [hidden];
  return isWeight ? [hidden, hidden] : [hidden];
}

/** Writes a folder as Transformers.js loads it: an encoder, or with `classes` a cross-encoder. */
export async function writeTinyModel(
  folder: string,
  {
    seed = 1,
    classes,
    weights = "onnx/model.onnx",
  }: { seed?: number; classes?: number; weights?: string } = {},
): Promise<string> {
  await mkdir(join(folder, "onnx"), { recursive: true });
  const files = {
    "config.json": JSON.stringify({ ...tinyConfig, model_type: "bert", pad_token_id: 0 }),
    "tokenizer.json": JSON.stringify(tokenizer),
    "tokenizer_config.json": JSON.stringify({
      tokenizer_class: "BertTokenizer",
      model_max_length: 64,
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      cls_token: "[CLS]",
      sep_token: "[SEP]",
      mask_token: "[MASK]",
    }),
    [weights]: writeBertEncoder({
      config: tinyConfig,
      tensors: tinyTensors(seed),
      ...(classes !== undefined && { classes }),
    }),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const tokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: special.map((content, id) => ({
    id,
    special: true,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  })),
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: {
    type: "TemplateProcessing",
    single: [token("[CLS]", 0), sequence("A", 0), token("[SEP]", 0)],
    pair: [token("[CLS]", 0), sequence("A", 0), token("[SEP]", 0), sequence("B", 1), token("[SEP]", 1)],
    special_tokens: Object.fromEntries(
      ["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [special.indexOf(id)], tokens: [id] }]),
    ),
  },
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(tinyVocabulary.map((piece, id) => [piece, id])),
  },
};

function token(id: string, segment: number) {
  return { SpecialToken: { id, type_id: segment } };
}

function sequence(id: string, segment: number) {
  return { Sequence: { id, type_id: segment } };
}
