import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readTflite } from "./read-tflite.ts";
import { toOnnx } from "./to-onnx.ts";

const root = join(import.meta.dirname, "../../..");
const cacheFolder = join(root, "node_modules/.cache/medrounds-models");
/** Raised when the conversion changes, so that what an earlier one made is not used. */
const revision = 1;

/** MobileNet v1 without its classifier (1,024 numbers) and v2 with it (1,280 numbers before it), of ImageNet (Apache-2.0). */
const files = {
  "mobilenet-v1": "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite",
  "mobilenet-v2": "mobilenet_v2_1.0_224_quant.tflite",
} as const;
export type MobileNet = keyof typeof files;

/** The TFLite file; undefined where the data beside the checkout is absent. */
export function mobileNetFile(name: MobileNet): string | undefined {
  const file = join(root, "../shared/data/weights", files[name]);
  return existsSync(file) ? file : undefined;
}

/** Why tests that need real weights are skipped. */
export const noWeights = "../shared/data/weights is absent";

/**
 * A folder with the model as ONNX in the layout of Transformers.js, converted once and kept in node_modules/.cache; undefined where the
 * TFLite file is absent. `folder` appears whole or not at all.
 */
export async function convertMobileNet(name: MobileNet): Promise<string | undefined> {
  const source = mobileNetFile(name);
  if (source === undefined) return undefined;
  const folder = join(cacheFolder, `${name}-${revision}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}-`);
  const version = name.slice(-2);
  await mkdir(join(made, "onnx"));
  await writeFile(
    join(made, "onnx/model.onnx"),
    toOnnx(readTflite(await readFile(source)), { classifier: version === "v2" }),
  );
  await writeFile(
    join(made, "config.json"),
    JSON.stringify({ model_type: `mobilenet_${version}`, image_size: 224, _name_or_path: `google/${name}` }),
  );
  await writeFile(join(made, "preprocessor_config.json"), JSON.stringify(preprocessor));
  await rename(made, folder).catch(async (error: unknown) => {
    await rm(made, { recursive: true });
    // Another process was first.
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** The whole image, bilinear; the scale and zero point of the input (1/128, 128) as mean and deviation. */
const preprocessor = {
  image_processor_type: "MobileNetV1ImageProcessor",
  do_resize: true,
  size: { height: 224, width: 224 },
  resample: 2,
  do_center_crop: false,
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [128 / 255, 128 / 255, 128 / 255],
  image_std: [128 / 255, 128 / 255, 128 / 255],
};
