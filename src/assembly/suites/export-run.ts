import { parse, resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import {
  chooseArms,
  exportArm,
  findExportFormat,
  type ReadExportImage,
  type RunFile,
  readRunFile,
  type Sample,
} from "#evaluation";
import { imageForModel } from "#imaging";
import { readDataSets } from "./read-data-sets.ts";

type RunExport = {
  format: string;
  /** A file for each arm. */
  files: readonly { arm: string; file: string; tasks: number }[];
  /** Why images are not in it; null where they are, or where the form holds none. */
  imagesMissing: string | null;
};

/**
 * Writes the answers of a run, scored, in a form that other programs read. Each arm has a file: `out` where there is one arm, else
 * `out` with the arm's id in front of its ending. Images are what a model may be sent.
 *
 * @throws MedRoundsError `usage-invalid` for a form or an arm that there is none of; `run-missing`, `run-unreadable`, `run-unscored`; the errors
 * of reading and writing
 */
export async function exportRun(request: {
  folder: string;
  format: string;
  out: string;
  arm?: string | undefined;
  hasImages?: boolean | undefined;
  signal?: AbortSignal | undefined;
}): Promise<RunExport> {
  const { hasImages = true, signal } = request;
  const folder = resolve(request.folder);
  const format = findExportFormat(request.format, request.out);
  const run = await readRunFile(folder, signal);
  const arms = chooseArms(run, request.arm);
  const images =
    format.hasImages && hasImages ? await openImages(run, signal) : { read: undefined, missing: null };
  const files: { arm: string; file: string; tasks: number }[] = [];
  for (const arm of arms) {
    const file = fileOf(resolve(request.out), arms.length > 1 ? arm.id : undefined);
    const tasks = await exportArm({ folder, run, arm, format, file, image: images.read, signal });
    files.push({ arm: arm.id, file, tasks });
  }
  return { format: format.name, files, imagesMissing: images.missing };
}

function fileOf(out: string, arm: string | undefined): string {
  if (arm === undefined) return out;
  const { dir, name, ext } = parse(out);
  return resolve(dir, `${name}.${arm}${ext}`);
}

/** A run may have come from another machine, where its data sets are. */
async function openImages(
  { suite, dataSets }: RunFile,
  signal: AbortSignal | undefined,
): Promise<{ read: ReadExportImage | undefined; missing: string | null }> {
  if (dataSets.every(({ images }) => images === 0)) return { read: undefined, missing: null };
  try {
    const samples = (await readDataSets(suite, signal)).flatMap((dataSet) => dataSet.samples);
    return { read: readImages(samples, suite.images.pixels), missing: null };
  } catch (error) {
    if (signal?.aborted || !MedRoundsError.is(error)) throw error;
    return { read: undefined, missing: error.message };
  }
}

function readImages(samples: readonly Sample[], pixels: number | undefined): ReadExportImage {
  const images = new Map(samples.flatMap((sample) => sample.images.map((image) => [image.sha256, image])));
  return async (sha256, signal) => {
    const image = images.get(sha256);
    if (!image) return null;
    const within = { ...(pixels === undefined ? {} : { pixels }), ...(signal ? { signal } : {}) };
    try {
      return await imageForModel(await image.read(signal), { name: "image", ...within });
    } catch (error) {
      if (signal?.aborted || !MedRoundsError.is(error)) throw error;
      return null;
    }
  };
}
