import { rm } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "#platform";
import { createRowFile, type RowFile } from "./row-file.ts";
import type { SplitName, TrainingEngine } from "./training-engine.ts";
import { writeParquet } from "./write-parquet.ts";

export type SplitFile = { name: string; split: SplitName; rows: number; sha256: string };

/** The files of the splits that have rows; given up, their handles are closed. */
export type SplitFiles = {
  rows(split: SplitName): number;
  write(split: SplitName, row: unknown): Promise<void>;
  /** Ends the files, in the engine's form. */
  finish(signal?: AbortSignal): Promise<SplitFile[]>;
} & AsyncDisposable;

/** Begins no file before it has a row. Throws, also later, `path-unwritable`, `disk-full` and those of `writeParquet`. */
export function createSplitFiles(folder: string, form: ReturnType<TrainingEngine["form"]>): SplitFiles {
  const open = new Map<SplitName, RowFile>();
  const pathOf = (split: SplitName) =>
    join(folder, `${split}.jsonl${form.type === "parquet" ? ".part" : ""}`);
  return {
    rows: (split) => open.get(split)?.rows ?? 0,
    async write(split, row) {
      const file = open.get(split) ?? (await createRowFile(pathOf(split)));
      open.set(split, file);
      await file.write(row);
    },
    async finish(signal) {
      const files: SplitFile[] = [];
      for (const split of ["train", "validation"] as const) {
        const found = open.get(split);
        if (!found) continue;
        const { rows } = found;
        const sha256 = await found.close();
        if (form.type === "json-lines") {
          files.push({ name: `${split}.jsonl`, split, rows, sha256 });
          continue;
        }
        const name = `${split}.parquet`;
        await writeParquet({ rows: pathOf(split), file: join(folder, name), columns: form.columns });
        await rm(pathOf(split));
        files.push({ name, split, rows, sha256: (await digestFile(join(folder, name), signal)).sha256 });
      }
      return files;
    },
    async [Symbol.asyncDispose]() {
      for (const file of open.values()) await file[Symbol.asyncDispose]();
    },
  };
}
