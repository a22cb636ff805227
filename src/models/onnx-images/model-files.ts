import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { digestFile, parseJson, readBoundedFile } from "#platform";

/** The graphs of an image encoder: one for images and perhaps one for texts, or one for both. */
export type ModelFiles = {
  image: string;
  /** The same file as `image` where one graph takes both. */
  text?: string;
  /** Its name and type in config.json, by which its family may be known. */
  names: string[];
  /** SHA-256 by name of every file that decides a vector. */
  digests: Record<string, string>;
};

const imageNames = ["vision_model", "visual", "image_encoder", "model"];
const textNames = ["text_model", "textual", "text_encoder"];
const tokenizerFiles = ["tokenizer.json", "tokenizer_config.json"];
const configSchema = z.object({
  _name_or_path: z.string().optional(),
  model_type: z.string().optional(),
  architecture: z.string().optional(),
});

/**
 * Finds an image encoder in a folder: `vision_model.onnx` (also `visual`, `image_encoder` or `model`), with `text_model.onnx` (also
 * `textual` or `text_encoder`) where there are texts, in the folder or in its folder onnx.
 * @throws MedRoundsError `path-missing` where there is no graph
 */
export async function findModelFiles(folder: string): Promise<ModelFiles> {
  const place = existsSync(join(folder, "onnx")) ? join(folder, "onnx") : folder;
  const find = (names: readonly string[]) =>
    names.map((name) => join(place, `${name}.onnx`)).find((file) => existsSync(file));
  const image = find(imageNames);
  if (image === undefined) {
    const message = `There is no vision_model.onnx and no model.onnx in ${basename(folder)}.`;
    throw new MedRoundsError("path-missing", message, { path: folder });
  }
  const hasTokenizer = tokenizerFiles.every((name) => existsSync(join(folder, name)));
  const text = find(textNames) ?? (basename(image) === "model.onnx" ? image : undefined);
  const config = await readConfig(folder);
  return {
    image,
    ...(hasTokenizer && text !== undefined && { text }),
    names: [basename(folder), config._name_or_path, config.architecture, config.model_type].filter(
      (name) => name !== undefined,
    ),
    digests: await digestFiles(folder, {
      graphs: [image, text].filter((file) => file !== undefined),
      others: hasTokenizer ? tokenizerFiles : [],
    }),
  };
}

/** What config.json, or that of open_clip, says of the model's name; it may be absent. */
async function readConfig(folder: string): Promise<z.infer<typeof configSchema>> {
  const file = join(folder, "config.json");
  if (!existsSync(file)) return {};
  const bytes = await readBoundedFile(file, { limit: 1024 * 1024 });
  return configSchema.safeParse(parseJson(new TextDecoder().decode(bytes))).data ?? {};
}

/** Weights may lie beside their graph, as `NAME.onnx_data` or `NAME.onnx.data`. */
async function digestFiles(
  folder: string,
  { graphs, others }: { graphs: readonly string[]; others: readonly string[] },
): Promise<Record<string, string>> {
  const files = others.map((name) => join(folder, name));
  for (const graph of new Set(graphs)) {
    const place = join(graph, "..");
    const beside = (await readdir(place)).filter((name) => name.startsWith(`${basename(graph)}`));
    for (const name of beside) files.push(join(place, name));
  }
  const digests: Record<string, string> = {};
  for (const file of files.sort()) digests[basename(file)] = (await digestFile(file)).sha256;
  return digests;
}
