import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@huggingface/transformers";
import { MedRoundsError } from "#contracts";
import { loadTransformers, type Transformers } from "../onnx/load-transformers.ts";
import type { Picture } from "./image-text-encoder.ts";

/** The two towers of a CLIP-like model, each of which ends in the common space. */
export type Clip = {
  encodeImages(images: readonly Picture[]): Promise<Float32Array[]>;
  encodeTexts(texts: readonly string[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
};

type Inputs = Record<string, Tensor>;
type Model = ((inputs: Inputs) => Promise<Inputs>) & { dispose(): Promise<unknown> };

/** Loads a folder in the layout of Transformers.js. Throws `transformers-missing` and `image-text-unreadable`. */
export async function loadClip(folder: string): Promise<Clip> {
  const transformers = await loadTransformers();
  const subfolder = existsSync(join(folder, "onnx")) ? "onnx" : "";
  try {
    return await load(transformers, { folder, subfolder });
  } catch (cause) {
    const message = `The image–text model can't be loaded: ${cause instanceof Error ? cause.message : cause}`;
    throw new MedRoundsError("image-text-unreadable", message.slice(0, 500), { path: folder }, { cause });
  }
}

async function load(
  transformers: Transformers,
  { folder, subfolder }: { folder: string; subfolder: string },
): Promise<Clip> {
  const { AutoImageProcessor, AutoTokenizer, RawImage } = transformers;
  const local = { local_files_only: true };
  const tokenizer = await AutoTokenizer.from_pretrained(folder, local);
  const processor = await AutoImageProcessor.from_pretrained(folder, local);
  const models = await loadModels(transformers, { folder, subfolder });
  const readTexts = (texts: readonly string[]): Inputs =>
    tokenizer([...texts], { padding: true, truncation: true });
  const readImages = async (images: readonly Picture[]): Promise<Inputs> => {
    const raw = images.map(({ data, width, height, channels }) =>
      new RawImage(data, width, height, channels).rgb(),
    );
    return { pixel_values: (await processor(raw)).pixel_values };
  };
  if ("whole" in models) {
    // One graph asks for both sides; the side that is not wanted gets the least there is.
    const noText = readTexts(["a"]);
    const noImage = await readImages([{ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }]);
    const { whole } = models;
    return {
      encodeImages: async (images) =>
        rows((await whole({ ...noText, ...(await readImages(images)) })).image_embeds),
      encodeTexts: async (texts) => rows((await whole({ ...readTexts(texts), ...noImage })).text_embeds),
      dispose: async () => {
        await whole.dispose();
      },
    };
  }
  const { text, vision } = models;
  return {
    encodeImages: async (images) => rows((await vision(await readImages(images))).image_embeds),
    encodeTexts: async (texts) => rows((await text(readTexts(texts))).text_embeds),
    dispose: async () => {
      await Promise.all([text.dispose(), vision.dispose()]);
    },
  };
}

async function loadModels(
  { CLIPModel, CLIPTextModelWithProjection, CLIPVisionModelWithProjection }: Transformers,
  { folder, subfolder }: { folder: string; subfolder: string },
): Promise<{ whole: Model } | { text: Model; vision: Model }> {
  const options = { local_files_only: true, subfolder, dtype: "fp32", device: "cpu" } as const;
  if (existsSync(join(folder, subfolder, "model.onnx"))) {
    return { whole: (await CLIPModel.from_pretrained(folder, options)) as unknown as Model };
  }
  const text = await CLIPTextModelWithProjection.from_pretrained(folder, options);
  const vision = await CLIPVisionModelWithProjection.from_pretrained(folder, options);
  return { text: text as unknown as Model, vision: vision as unknown as Model };
}

function rows(tensor: Tensor | undefined): Float32Array[] {
  const [count = 0, dimension = 0] = tensor?.dims ?? [];
  const data = Float32Array.from((tensor?.data ?? []) as Iterable<number>);
  return Array.from({ length: count }, (_, row) => data.slice(row * dimension, (row + 1) * dimension));
}
