import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { downloadFile } from "#platform";
import { loadTransformers } from "../onnx/load-transformers.ts";
import type { EmbedderProgress } from "../text-embedder.ts";

const descriptions = [
  "config.json",
  "preprocessor_config.json",
  "processor_config.json",
  "open_clip_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
];
const towers = ["onnx/vision_model.onnx", "onnx/text_model.onnx"];

/** Stands in the folder when everything is there, so that no request is made again. */
const mark = "complete.txt";

/**
 * Downloads an image encoder of the hub in the layout of Transformers.js, once: what describes it, and its two towers, or the one graph.
 * @throws MedRoundsError `download-missing` where the hub has no such graph, and what downloads throw
 */
export async function downloadEncoder(request: {
  id: string;
  folder: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: EmbedderProgress) => void) | undefined;
}): Promise<void> {
  const { id, folder, signal, onProgress } = request;
  if (existsSync(join(folder, mark))) return;
  const { remoteHost } = (await loadTransformers()).env;
  const fetchFile = (file: string) =>
    downloadFile({
      url: `${remoteHost.replace(/\/+$/, "")}/${id}/resolve/main/${file}`,
      file: join(folder, file),
      ...(signal ? { signal } : {}),
      onProgress: (done, total = 0) => onProgress?.({ type: "download", file, done, total }),
    });
  const tryFile = async (file: string): Promise<boolean> => {
    try {
      await fetchFile(file);
      return true;
    } catch (error) {
      if (MedRoundsError.is(error) && error.code === "download-missing") return false;
      throw error;
    }
  };
  for (const file of descriptions) await tryFile(file);
  const found = [];
  for (const file of towers) if (await tryFile(file)) found.push(file);
  if (!found.includes("onnx/vision_model.onnx")) {
    await fetchFile("onnx/model.onnx");
    found.push("onnx/model.onnx");
  }
  for (const file of found) await tryFile(`${file}_data`);
  await writeFile(join(folder, mark), "");
}
