import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MedRoundsError, type Report } from "#contracts";
import { readRunFile, type Sample, type Suite, writePage } from "#evaluation";
import { fileError, readBoundedFile } from "#platform";
import { readPoolSamples } from "../suites/exemplar-pools.ts";
import { readDataSets } from "../suites/read-data-sets.ts";
import { openThumbnails } from "./sample-thumbnails.ts";

export type ReportPage = {
  report: Report;
  /** The page, and the folder beside it where it is too large for one file. */
  files: readonly string[];
  bytes: number;
  /** Why images are not in it; null where they are. */
  imagesMissing: string | null;
};

/** Lies at the same depth below the source and below the build. */
const emptyPage = fileURLToPath(new URL("../../../dist/page/report.html", import.meta.url));
const largestPage = 16 * 1024 * 1024;

/**
 * Writes the page of a run, or of two beside each other, with the samples and, where the data sets are still there, their images and those of
 * the examples that were shown.
 *
 * @throws MedRoundsError `page-missing` where the page has not been built; the errors of reading a run and data sets, and of writing
 */
export async function writeReportPage(request: {
  /** The run's folder. */
  folder: string;
  /** Another's, which is compared with it. */
  second?: string | undefined;
  /** The page's file; `report/report.html` in the run's folder unless told. */
  out?: string | undefined;
  hasImages?: boolean | undefined;
  mostBytes?: number | undefined;
  page?: string | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ReportPage> {
  const { hasImages = true, mostBytes, page = emptyPage, signal } = request;
  const folder = resolve(request.folder);
  const second = request.second === undefined ? undefined : resolve(request.second);
  const out = resolve(request.out ?? join(folder, "report/report.html"));
  const suites: Suite[] = [];
  for (const one of second === undefined ? [folder] : [folder, second]) {
    suites.push((await readRunFile(one, signal)).suite);
  }
  const empty = await readEmptyPage(page);
  const { samples, trouble } = hasImages ? await readImages(suites, signal) : { samples: [], trouble: null };
  const written = await writePage({
    ...{ folder, second, out, page: empty, mostBytes, signal },
    ...(samples.length > 0 ? { thumbnail: openThumbnails(samples) } : {}),
  });
  return { ...written, imagesMissing: trouble?.message ?? null };
}

async function readEmptyPage(file: string): Promise<string> {
  const bytes = await readBoundedFile(file, { limit: largestPage }).catch((error: unknown) => {
    const failure = fileError(error, file);
    if (!MedRoundsError.is(failure) || failure.code !== "path-missing") throw failure;
    throw new MedRoundsError("page-missing", "The page of reports has not been built.", {
      path: dirname(file),
    });
  });
  return new TextDecoder().decode(bytes);
}

/** A run may have come from another machine, where its data sets are. */
async function readImages(
  suites: readonly Suite[],
  signal: AbortSignal | undefined,
): Promise<{ samples: Sample[]; trouble: MedRoundsError | null }> {
  const samples: Sample[] = [];
  try {
    for (const suite of suites) {
      for (const dataSet of await readDataSets(suite, signal)) samples.push(...dataSet.samples);
      samples.push(...(await readPoolSamples(suite, signal)));
    }
    return { samples, trouble: null };
  } catch (error) {
    if (signal?.aborted || !MedRoundsError.is(error)) throw error;
    return { samples, trouble: error };
  }
}
