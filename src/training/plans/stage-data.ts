import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { digestFile, readBoundedFile } from "#platform";

/** The files of an export that a stage learns from, by absolute paths. */
export type StageData = {
  train: string;
  validation: string | undefined;
  files: readonly { file: string; sha256: string }[];
};

type Wanted = {
  /** The folder below, where there are several exports. */
  name: string;
  engine: string;
  kind: "sft" | "grpo";
  signal?: AbortSignal | undefined;
};

const endings = [".jsonl", ".parquet"];
const manifestSchema = z.object({ engine: z.string(), kind: z.string() });
const largestManifest = 16 * 1024 * 1024;

/**
 * The data of a stage: those in the folder of that name, else those in the folder itself. Throws `training-data-missing` where there is no
 * train.jsonl or train.parquet, or where its manifest says that it is for another engine or of another kind.
 */
export async function findStageData(folder: string, wanted: Wanted): Promise<StageData> {
  const { name, signal } = wanted;
  for (const one of [join(folder, name), folder]) {
    const names = await readdir(one).catch((): string[] => []);
    const find = (split: string) => {
      const file = endings.map((ending) => `${split}${ending}`).find((ended) => names.includes(ended));
      return file && resolve(one, file);
    };
    const [train, validation] = [find("train"), find("validation")];
    if (train === undefined) continue;
    await checkManifest(one, wanted);
    const files = [];
    for (const file of [train, ...(validation === undefined ? [] : [validation])]) {
      files.push({ file, sha256: (await digestFile(file, signal)).sha256 });
    }
    return { train, validation, files };
  }
  const message = `Neither ${join(folder, name)} nor ${folder} holds a train.jsonl or train.parquet.`;
  throw new MedRoundsError("training-data-missing", message, { folder, name });
}

/** Data that train export did not write have no manifest that we could read, and are taken as they are. */
async function checkManifest(folder: string, { engine, kind }: Wanted): Promise<void> {
  const file = join(folder, "manifest.json");
  const bytes = await readBoundedFile(file, { limit: largestManifest }).catch(() => undefined);
  const manifest = manifestSchema.safeParse(parse(new TextDecoder().decode(bytes))).data;
  if (!manifest || (manifest.engine === engine && manifest.kind === kind)) return;
  const message = `${folder} is an export for ${manifest.engine} of the kind ${manifest.kind}; this stage needs ${engine} and ${kind}.`;
  throw new MedRoundsError("training-data-missing", message, { folder, engine, kind });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
