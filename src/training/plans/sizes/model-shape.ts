/** What memory is computed from: the numbers of a model's config.json. */
export type ModelShape = {
  /** On the Hugging Face hub. */
  name: string;
  parameters: number;
  layers: number;
  hidden: number;
  vocabulary: number;
  keyValueHeads: number;
  headSize: number;
  /** Of all linear layers' inputs and outputs in one block, for the size of adapters. */
  linearWidth: number;
};

const qwen7 = {
  layers: 28,
  hidden: 3584,
  vocabulary: 152_064,
  keyValueHeads: 4,
  headSize: 128,
  // q, o: 2 × (3584 + 3584); k, v: 2 × (3584 + 512); gate, up, down: 3 × (3584 + 18944)
  linearWidth: 90_112,
};

export const qwenVision7: ModelShape = {
  ...qwen7,
  name: "Qwen/Qwen2.5-VL-7B-Instruct",
  parameters: 8.29e9,
};

export const qwen7Text: ModelShape = { ...qwen7, name: "Qwen/Qwen2.5-7B-Instruct", parameters: 7.62e9 };

export const llama8Distilled: ModelShape = {
  name: "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
  parameters: 8.03e9,
  layers: 32,
  hidden: 4096,
  vocabulary: 128_256,
  keyValueHeads: 8,
  headSize: 128,
  // q, o: 2 × (4096 + 4096); k, v: 2 × (4096 + 1024); gate, up, down: 3 × (4096 + 14336)
  linearWidth: 81_920,
};
