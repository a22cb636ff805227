import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import {
  canonicalJson,
  lockFile,
  parseJson,
  readBoundedFile,
  sha256,
  writeError,
  writeFileAtomically,
} from "#platform";
import type { JudgeReport } from "../judges/answer-judge.ts";
import type { DataSetCard, RefusedSample } from "../samples/sample.ts";
import type { Arm, LeftOutArm } from "../suites/arms.ts";
import type { Suite } from "../suites/suite-schema.ts";
import { runMissing } from "./read-log.ts";

/** A data set as it was asked about. */
export type RunDataSet = {
  name: string;
  format: string;
  card: DataSetCard;
  samples: number;
  images: number;
  groups: number;
  /** SHA-256 of its samples' ids, in order. */
  hash: string;
  refused: readonly RefusedSample[];
};

/** How many requests an endpoint was found to bear: at the start, and each time that changed much. */
type EndpointHistory = { endpoint: string; changes: { at: string; allowed: number }[] };

/** What `run.json` says of a run. Its paths are this machine's. */
export type RunFile = {
  version: 1;
  name: string;
  suite: Suite;
  arms: readonly Arm[];
  leftOut: readonly LeftOutArm[];
  dataSets: readonly RunDataSet[];
  /** Each time that it was started or gone on with; the last one says of what suite the rest is. */
  starts: readonly { at: string; medrounds: string; suiteHash: string; shard: string | null }[];
  endpoints: readonly EndpointHistory[];
  /** How its answers were read and scored, each time; the last one made `scores.jsonl`. */
  scorings: readonly {
    at: string;
    profile: string;
    judges: readonly JudgeReport[];
    /** Sentences about the judges; older versions wrote none. */
    notes?: readonly string[];
  }[];
  /** Sentences about what to be careful with. */
  notes: readonly string[];
};

const fileName = "run.json";
const largest = 64 * 1024 * 1024;
/** Only what tells a run from something else; the rest is as this product wrote it. */
const runSchema = z.looseObject({
  version: z.literal(1),
  name: z.string(),
  suite: z.looseObject({}),
  arms: z.array(z.looseObject({ id: z.string(), hash: z.string() })),
  starts: z.array(z.looseObject({})),
});

export function hashSuite(suite: Suite): string {
  return sha256(canonicalJson(suite));
}

/** @throws MedRoundsError `run-missing`, `run-unreadable`, and the errors of reading a file */
export async function readRunFile(folder: string, signal?: AbortSignal): Promise<RunFile> {
  const file = join(folder, fileName);
  const options = { limit: largest, ...(signal ? { signal } : {}) };
  const bytes = await readBoundedFile(file, options).catch((error: unknown) => {
    throw MedRoundsError.is(error) && error.code === "path-missing" ? runMissing(folder) : error;
  });
  const { success, data } = runSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (success) return data as unknown as RunFile;
  throw new MedRoundsError("run-unreadable", `${file} is not the run.json of a run.`, { path: file });
}

export function writeRunFile(folder: string, run: RunFile): Promise<void> {
  return writeFileAtomically(join(folder, fileName), `${JSON.stringify(run, null, 1)}\n`);
}

/**
 * The folder of a run, which is made; what it holds already, undefined where it is new.
 *
 * @throws MedRoundsError `path-occupied` where it holds other files; `run-differs` where it is the run of a suite of another name; the errors of
 * reading and writing
 */
export async function openRunFolder(folder: string, name: string): Promise<RunFile | undefined> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  const entries = await readdir(folder);
  if (!entries.includes(fileName)) {
    const others = entries.filter((entry) => !/\.(lock|part)$|^(log|samples)/.test(entry));
    if (others.length === 0) return undefined;
    const message = `${folder} holds other files, as ${basename(others[0] ?? "")}, and no run.`;
    throw new MedRoundsError("path-occupied", message, { path: folder });
  }
  const run = await readRunFile(folder);
  if (run.name === name) return run;
  const message = `${folder} holds the run ${run.name.slice(0, 60)}, and the suite is called ${name}.`;
  throw new MedRoundsError("run-differs", message, { path: folder, name });
}

/** Makes the caller the only one that appends to a log of a run. Throws `run-busy` while another does. */
export function lockLog(folder: string, log: string): Promise<AsyncDisposable> {
  return lockFile(join(folder, `${log}.lock`), ({ who, facts }) => {
    const message = `${who} is running this suite into ${folder} (lock file ${facts.file}).`;
    return new MedRoundsError("run-busy", message, facts);
  });
}
