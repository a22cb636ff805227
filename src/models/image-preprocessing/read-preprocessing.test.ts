import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPreprocessing } from "./read-preprocessing.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-preprocessing-"));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function read(content: unknown, file = "preprocessor_config.json") {
  const place = join(folder, String(count++));
  await mkdir(place);
  await writeFile(join(place, file), typeof content === "string" ? content : JSON.stringify(content));
  return readPreprocessing(place);
}

const symmetric = { image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
const half = { rescale: 1 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

describe("how a folder says that images are prepared", () => {
  it("is nothing where it has no such file", async () => {
    expect(await readPreprocessing(folder)).toBeUndefined();
  });

  it.each([
    [
      "CLIP, with a bare size",
      {
        feature_extractor_type: "CLIPFeatureExtractor",
        size: 224,
        crop_size: 224,
        resample: 3,
        ...symmetric,
      },
      {
        resize: { shortest: 224, interpolation: "bicubic" },
        crop: { width: 224, height: 224, half: "down" },
        ...half,
      },
    ],
    [
      "SigLIP",
      {
        image_processor_type: "SiglipImageProcessor",
        size: { height: 448, width: 448 },
        resample: 2,
        ...symmetric,
      },
      { resize: { width: 448, height: 448, interpolation: "bilinear" }, ...half },
    ],
    [
      "ViT, with a bare size and no filter",
      { image_processor_type: "ViTImageProcessor", size: 224, ...symmetric },
      { resize: { width: 224, height: 224, interpolation: "bilinear" }, ...half },
    ],
    [
      "ConvNeXT, which cuts the middle out of a small image",
      {
        image_processor_type: "ConvNextImageProcessor",
        size: { shortest_edge: 224 },
        crop_pct: 0.875,
        ...symmetric,
      },
      {
        resize: { shortest: 256, interpolation: "bicubic" },
        crop: { width: 224, height: 224, half: "down" },
        ...half,
      },
    ],
    [
      "ConvNeXT, which stretches a large one",
      {
        image_processor_type: "ConvNextImageProcessor",
        size: { shortest_edge: 384 },
        resample: 2,
        ...symmetric,
      },
      { resize: { width: 384, height: 384, interpolation: "bilinear" }, ...half },
    ],
    [
      "MedCLIP, with one mean and a square",
      {
        feature_extractor_type: "MedCLIPFeatureExtractor",
        do_pad_square: true,
        do_center_crop: true,
        size: 224,
        crop_size: 224,
        resample: 3,
        image_mean: 0.586,
        image_std: 0.28,
      },
      {
        gray: true,
        square: 224,
        resize: { shortest: 224, interpolation: "bicubic" },
        crop: { width: 224, height: 224, half: "down" },
        rescale: 1 / 255,
        mean: [0.586, 0.586, 0.586],
        deviation: [0.28, 0.28, 0.28],
      },
    ],
    [
      "a model that takes samples as they are",
      { do_resize: false, do_rescale: false, do_normalize: false },
      { rescale: 1, mean: [0, 0, 0], deviation: [1, 1, 1] },
    ],
  ])("is read for %s", async (_, config, wanted) => {
    expect(await read(config)).toEqual(wanted);
    expect(await read({ image_processor: config }, "processor_config.json")).toEqual(wanted);
  });

  it.each([
    [
      undefined,
      {
        resize: { shortest: 224, interpolation: "bicubic" },
        crop: { width: 224, height: 224, half: "even" },
      },
    ],
    ["squash", { resize: { width: 224, height: 224, interpolation: "bicubic" } }],
  ])("is read from open_clip with resize_mode %s", async (resize_mode, wanted) => {
    const config = {
      model_cfg: { vision_cfg: { timm_model_name: "vit_base_patch16_224", image_size: 224 }, text_cfg: {} },
      preprocess_cfg: { mean: [0.48, 0.46, 0.41], std: [0.27, 0.26, 0.28], resize_mode },
    };
    expect(await read(config, "open_clip_config.json")).toEqual({
      ...wanted,
      rescale: 1 / 255,
      mean: [0.48, 0.46, 0.41],
      deviation: [0.27, 0.26, 0.28],
    });
  });

  it.each([
    ["no JSON", "{"],
    ["a filter that is not known", { size: 224, resample: 0, ...symmetric }],
    ["no size", { ...symmetric }],
    ["no mean", { size: 224 }],
    ["a size of no use", { size: { longest_edge: 224 }, ...symmetric }],
    ["a size out of all proportion", { size: 1e9, ...symmetric }],
    ["blue before red", { size: 224, do_flip_channel_order: true, ...symmetric }],
  ])("is refused, rather than guessed, for %s", async (_, config) => {
    await expect(read(config)).rejects.toMatchObject({ code: "image-encoder-unusable" });
  });
});
