import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { digestFile } from "#platform";

/** The files of an export that a stage learns from, by absolute paths. */
export type StageData = {
  train: string;
  validation: string | undefined;
  files: readonly { file: string; sha256: string }[];
};

const endings = [".jsonl", ".parquet"];

/**
 * The data of a stage: those in the folder of that name, else those in the folder itself. Throws `training-data-missing` where there is no
 * train.jsonl or train.parquet.
 */
export async function findStageData(
  folder: string,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<StageData> {
  for (const one of [join(folder, name), folder]) {
    const names = await readdir(one).catch((): string[] => []);
    const find = (split: string) =>
      endings.map((ending) => `${split}${ending}`).find((file) => names.includes(file));
    const [train, validation] = [find("train"), find("validation")];
    if (train === undefined) continue;
    const files = [];
    for (const file of [train, validation]) {
      if (file === undefined) continue;
      const path = resolve(one, file);
      files.push({ file: path, sha256: (await digestFile(path, signal)).sha256 });
    }
    const whole = (file: string) => resolve(one, file);
    return { train: whole(train), validation: validation && whole(validation), files };
  }
  const message = `Neither ${join(folder, name)} nor ${folder} holds a train.jsonl or train.parquet.`;
  throw new MedRoundsError("training-data-missing", message, { folder, name });
}
