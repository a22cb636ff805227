import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseJson, readBoundedFile } from "#platform";
import type { Preprocessing } from "./preprocess.ts";
import type { Interpolation } from "./resize.ts";

const side = z.int().positive().max(4_096);
const channels = z.union([z.number(), z.tuple([z.number(), z.number(), z.number()]), z.tuple([z.number()])]);

/** As Hugging Face's image processors are saved. */
const processorSchema = z.object({
  image_processor_type: z.string().optional(),
  feature_extractor_type: z.string().optional(),
  do_resize: z.boolean().default(true),
  size: z
    .union([side, z.object({ height: side, width: side }), z.object({ shortest_edge: side })])
    .optional(),
  crop_pct: z.number().positive().max(1).nullish(),
  resample: z.int().nullish(),
  do_center_crop: z.boolean().optional(),
  crop_size: z
    .union([side, z.object({ height: side, width: side }), z.object({ shortest_edge: side })])
    .nullish(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: channels.nullish(),
  image_std: channels.nullish(),
  do_pad_square: z.boolean().default(false),
  do_flip_channel_order: z.literal(false).nullish(),
});
type Processor = z.infer<typeof processorSchema>;

/** As open_clip saves a model (mlfoundations/open_clip, transform.py). */
const openClipSchema = z.object({
  model_cfg: z.object({ vision_cfg: z.object({ image_size: side.default(224) }) }),
  preprocess_cfg: z.object({
    size: z.union([side, z.tuple([side, side])]).optional(),
    mean: channels,
    std: channels,
    interpolation: z.enum(["bilinear", "bicubic"]).default("bicubic"),
    resize_mode: z.enum(["shortest", "squash"]).default("shortest"),
  }),
});

/** Numbers of Pillow's filters. */
const interpolations: Record<number, Interpolation> = { 1: "lanczos", 2: "bilinear", 3: "bicubic" };
const fileLimit = 1024 * 1024;

/**
 * How a model's folder says that images are prepared: by `preprocessor_config.json`, `processor_config.json` or
 * `open_clip_config.json`; undefined where there is none of them.
 * @throws MedRoundsError `image-encoder-unusable` where it says something that is not known here
 */
export async function readPreprocessing(folder: string): Promise<Preprocessing | undefined> {
  for (const [file, read] of readers) {
    if (!existsSync(join(folder, file))) continue;
    const bytes = await readBoundedFile(join(folder, file), { limit: fileLimit });
    const preprocessing = read(parseJson(new TextDecoder().decode(bytes)));
    if (preprocessing !== undefined) return preprocessing;
    const message = `${file} in ${basename(folder)} prepares images in a way that is not known here.`;
    throw new MedRoundsError("image-encoder-unusable", message, { folder, file });
  }
  return undefined;
}

const readers: readonly (readonly [string, (content: unknown) => Preprocessing | undefined])[] = [
  ["preprocessor_config.json", fromProcessor],
  [
    "processor_config.json",
    (content) =>
      fromProcessor(z.object({ image_processor: z.unknown() }).safeParse(content).data?.image_processor),
  ],
  ["open_clip_config.json", fromOpenClip],
];

function fromProcessor(content: unknown): Preprocessing | undefined {
  const { data: processor } = processorSchema.safeParse(content);
  if (processor === undefined) return undefined;
  const type = processor.image_processor_type ?? processor.feature_extractor_type ?? "";
  const { do_resize, do_center_crop = /^CLIP/.test(type), do_normalize, do_pad_square, resample } = processor;
  const interpolation = interpolations[resample ?? (/^(CLIP|Siglip|Bit|ConvNext)/.test(type) ? 3 : 2)];
  const size = readSize(processor.size, type);
  const cut = readSize(processor.crop_size ?? processor.size, type);
  const { image_mean: mean, image_std: deviation } = processor;
  if (do_resize && (size === undefined || interpolation === undefined)) return undefined;
  if (do_center_crop && cut === undefined) return undefined;
  if (do_normalize && (mean == null || deviation == null)) return undefined;
  const scale = {
    rescale: processor.do_rescale ? processor.rescale_factor : 1,
    mean: toChannels(do_normalize ? mean : 0),
    deviation: toChannels(do_normalize ? deviation : 1),
  };
  if (do_resize && size !== undefined && interpolation !== undefined && /^ConvNext/.test(type)) {
    return { ...resizeAsConvNext(size, processor.crop_pct ?? 0.875, interpolation), ...scale };
  }
  return {
    ...(do_pad_square && { gray: true, square: size === undefined ? 1 : toRectangle(size).width }),
    ...(do_resize &&
      size !== undefined &&
      interpolation !== undefined && { resize: { ...size, interpolation } }),
    ...(do_center_crop && cut !== undefined && { crop: { ...toRectangle(cut), half: "down" } }),
    ...scale,
  };
}

type Size = { shortest: number } | { width: number; height: number };

/** A bare number was the shorter side for CLIP and its kin, and both sides for the others. */
function readSize(size: Processor["crop_size"], type: string): Size | undefined {
  if (size == null) return undefined;
  if (typeof size === "number") {
    return /^((Med)?CLIP|ConvNext)/.test(type) ? { shortest: size } : { width: size, height: size };
  }
  return "shortest_edge" in size
    ? { shortest: size.shortest_edge }
    : { width: size.width, height: size.height };
}

function toRectangle(size: Size): { width: number; height: number } {
  return "shortest" in size ? { width: size.shortest, height: size.shortest } : size;
}

/** ConvNeXT's rule: below 384 pixels more is kept than is wanted, and the middle cut out; from there on the image is stretched. */
function resizeAsConvNext(
  size: Size,
  share: number,
  interpolation: Interpolation,
): Pick<Preprocessing, "resize" | "crop"> {
  const { width, height } = toRectangle(size);
  if (width >= 384) return { resize: { width, height, interpolation } };
  return {
    resize: { shortest: Math.trunc(width / share), interpolation },
    crop: { width, height, half: "down" },
  };
}

function fromOpenClip(content: unknown): Preprocessing | undefined {
  const { data } = openClipSchema.safeParse(content);
  if (data === undefined) return undefined;
  const {
    size = data.model_cfg.vision_cfg.image_size,
    mean,
    std,
    interpolation,
    resize_mode,
  } = data.preprocess_cfg;
  const [height, width] = typeof size === "number" ? [size, size] : size;
  const squashed = resize_mode === "squash";
  return {
    resize: squashed
      ? { width, height, interpolation }
      : { shortest: Math.max(width, height), interpolation },
    ...(!squashed && { crop: { width, height, half: "even" } }),
    rescale: 1 / 255,
    mean: toChannels(mean),
    deviation: toChannels(std),
  };
}

function toChannels(value: z.infer<typeof channels> | null | undefined): [number, number, number] {
  const [red = 0, green = red, blue = red] = typeof value === "number" ? [value] : (value ?? []);
  return [red, green, blue];
}
