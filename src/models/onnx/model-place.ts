import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { digestFile, readBoundedFile } from "#platform";

/** Where the files of a model are: in a folder, or on the hub by its id, with a folder for what is downloaded. */
export type ModelPlace = { type: "folder"; folder: string } | { type: "hub"; id: string; folder: string };

const configSchema = z.object({
  _name_or_path: z.string().optional(),
  max_position_embeddings: z.int().positive().optional(),
  pad_token_id: z.int().nullish(),
  model_type: z.string(),
});
export type ModelConfig = z.infer<typeof configSchema>;

/**
 * A folder where there is one, else a hub id.
 * @throws MedRoundsError `path-missing` where the text can be neither
 */
export function findModel(text: string, cacheFolder: string | undefined): ModelPlace {
  const folder = resolve(text);
  if (existsSync(folder)) return { type: "folder", folder };
  if (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(text)) {
    const downloads = resolve(cacheFolder ?? ".medrounds", "models");
    return { type: "hub", id: text, folder: join(downloads, text) };
  }
  throw new MedRoundsError("path-missing", `There is no folder ${basename(text).slice(0, 80)}.`, {
    path: text.slice(0, 4_096),
  });
}

/** The folder inside the model's folder in which `model.onnx` lies. Throws `model-unusable` where a file is missing. */
export function findWeights(folder: string): "" | "onnx" {
  for (const name of ["config.json", "tokenizer.json", "tokenizer_config.json"]) {
    if (!existsSync(join(folder, name))) throw incomplete(folder, name);
  }
  if (existsSync(join(folder, "onnx/model.onnx"))) return "onnx";
  if (existsSync(join(folder, "model.onnx"))) return "";
  throw incomplete(folder, "onnx/model.onnx");
}

/**
 * A model's config.json, and SHA-256 of every file that decides its vectors: the weights, also those beside the graph, and the
 * tokenizer. Throws `model-unusable` where a file is missing or config.json is not that of a model.
 */
export async function inspectModel(folder: string) {
  const weights = findWeights(folder);
  return { config: await readConfig(folder), digests: await digestModel(folder, weights) };
}

async function readConfig(folder: string): Promise<ModelConfig> {
  const bytes = await readBoundedFile(join(folder, "config.json"), { limit: 1024 * 1024 });
  try {
    return configSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new MedRoundsError("model-unusable", `config.json in ${basename(folder)} is not that of a model.`, {
      folder,
    });
  }
}

async function digestModel(folder: string, weights: "" | "onnx"): Promise<Record<string, string>> {
  const beside = (await readdir(join(folder, weights))).filter((name) =>
    /^model\.onnx(_data.*)?$/.test(name),
  );
  const files = [
    "tokenizer.json",
    "tokenizer_config.json",
    ...beside.map((name) => join(weights, name)),
  ].sort();
  const digests: Record<string, string> = {};
  for (const file of files) {
    digests[basename(file)] = (await digestFile(join(folder, file))).sha256;
  }
  return digests;
}

function incomplete(folder: string, file: string): MedRoundsError {
  return new MedRoundsError("model-unusable", `The folder ${basename(folder)} has no file ${file}.`, {
    folder,
    file,
  });
}
