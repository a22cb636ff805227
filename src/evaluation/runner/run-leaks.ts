import { join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseJson, readBoundedFile, writeFileAtomically } from "#platform";
import type { TouchCheck } from "../few-shot/touched-samples.ts";
import { type LeakReason, leakReasons } from "../ports.ts";
import { readRecords } from "./read-log.ts";

/** What the libraries of conditions, or the examples shown under one, hold of a data set's samples. */
export type DataSetLeaks = {
  dataSet: string;
  of: "libraries" | "exemplars";
  /** The conditions. */
  sources: readonly string[];
  /** Samples that were compared; of examples those that were asked with any. */
  checked: number;
  /** Samples that something is related to, by their ids, and how. */
  touched: Readonly<Record<string, readonly LeakReason[]>>;
};

const fileName = "leaks.json";
const largest = 256 * 1024 * 1024;
const fileSchema = z.object({
  key: z.string(),
  leaks: z.array(
    z.object({
      dataSet: z.string(),
      of: z.enum(["libraries", "exemplars"]).default("libraries"),
      sources: z.array(z.string()),
      checked: z.int(),
      touched: z.record(z.string(), z.array(z.enum(leakReasons))),
    }),
  ),
});

/** Keeps leaks in the run's folder; `key` stands for all that those of libraries depend on. */
export function writeRunLeaks(
  folder: string,
  { key, leaks }: { key: string; leaks: readonly DataSetLeaks[] },
): Promise<void> {
  return writeFileAtomically(join(folder, fileName), `${JSON.stringify({ key, leaks })}\n`);
}

/** Adds the answers in a run's logs to what looks at their examples, by the arms' ids. Throws as reading a file does. */
export async function readExemplars(
  folder: string,
  {
    checks,
    signal,
  }: { checks: ReadonlyMap<string, Pick<TouchCheck, "add">>; signal?: AbortSignal | undefined },
): Promise<void> {
  for await (const record of readRecords(folder, signal)) {
    if (record.state !== "answered") continue;
    const { sample, answer } = record;
    checks.get(record.arm)?.add({ sample, exemplars: answer.exemplars });
  }
}

/** The leaks that a run's folder keeps; undefined where none were looked for, or the file is not one of ours. */
export async function readRunLeaks(
  folder: string,
  signal?: AbortSignal,
): Promise<{ key: string; leaks: readonly DataSetLeaks[] } | undefined> {
  const options = { limit: largest, ...(signal ? { signal } : {}) };
  const bytes = await readBoundedFile(join(folder, fileName), options).catch((error: unknown) => {
    if (MedRoundsError.is(error) && error.code === "path-missing") return undefined;
    throw error;
  });
  return bytes && fileSchema.safeParse(parseJson(new TextDecoder().decode(bytes))).data;
}
