import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { toFailure } from "#contracts";
import { containedPath, fileError, readBoundedFile, readJsonLines } from "#platform";
import {
  cxrTable,
  keptApart,
  type Made,
  type MadeManifest,
  makeReasoning,
  mapInOrder,
  type Report,
  readMakingPrompt,
  readReport,
  type StepWriter,
  writeMade,
} from "#training";
import { readEvaluationSets } from "./evaluated-sets.ts";
import { digestSources, type MakeSettings } from "./make-settings.ts";
import { openMakingImages } from "./making-images.ts";
import { connectMaker } from "./making-model.ts";

export type ReasoningRequest = MakeSettings & {
  kind: "reasoning";
  /** Reports as JSON lines: `id`, `findings`, `impression`, optional `file`, `patient_id`, `license`. */
  reports: readonly string[];
  /** The report's own sentences instead of a model's. */
  quotes: boolean;
  /** Also as a table of cxr-10k-reasoning's four columns. */
  table: boolean;
};

type ReportItem = { share: number } & ({ report: Report; folder: string } | { failed: Made });

/** Stepwise reasoning of reports. Throws as `writeMade`, `connectMaker` and reading files do. */
export async function makeReasoningData(request: ReasoningRequest): Promise<MadeManifest> {
  const { reports, folder, signal, seed, concurrency, onProgress } = request;
  const sources = await digestSources(reports, signal);
  const images = openMakingImages(folder);
  const prompt = await readMakingPrompt("stepwise-reasoning");
  const connected = request.quotes
    ? null
    : await connectMaker({ ...request, readImage: (sha256) => images.read(sha256) });
  const writer: StepWriter = connected ? { type: "model", prompt, ...connected.maker } : { type: "quotes" };
  const evaluationSets = await readEvaluationSets(request.evaluated, signal);

  const make = async (item: ReportItem): Promise<Made & { share: number }> => {
    const { share } = item;
    if ("failed" in item) return { share, ...item.failed };
    const { report } = item;
    try {
      const image =
        report.file === null ? null : await images.keep(await readImage(item.folder, report.file), signal);
      return { share, ...(await makeReasoning(report, { writer, image })) };
    } catch (error) {
      signal?.throwIfAborted();
      const failure = toFailure(fileError(error, report.file ?? ""));
      if (report.file === null || !isOfImage(failure.code)) throw error;
      return { share, ...keptApart(report.id, failure.code, failure.message) };
    }
  };

  async function* made(): AsyncGenerator<Made> {
    const progress = { items: 0, share: 0, refused: 0 };
    for await (const one of mapInOrder({
      items: readReports(reports, signal),
      limit: concurrency,
      apply: make,
      signal,
    })) {
      progress.items++;
      progress.share = one.share;
      if (one.rows.length === 0) progress.refused++;
      onProgress?.(progress);
      yield one;
    }
  }

  return writeMade({
    ...{ folder, made: made(), evaluationSets, maximumOverlap: request.maximumOverlap },
    making: {
      kind: "reasoning",
      model: connected?.name ?? null,
      prompts: connected ? [{ name: prompt.name, hash: prompt.hash }] : [],
      seed: connected ? seed : null,
      sources,
    },
    table: request.table ? cxrTable : undefined,
    notes: connected?.notes ?? [],
  });
}

/** Failures that come of the image of one report alone. */
function isOfImage(code: string): boolean {
  return /^(?:image|dicom|file|path)-/.test(code) && code !== "path-unwritable";
}

async function readImage(folder: string, file: string): Promise<Uint8Array> {
  return readBoundedFile(await containedPath(folder, join(folder, file)));
}

async function* readReports(files: readonly string[], signal?: AbortSignal): AsyncGenerator<ReportItem> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const known = new Set<string>();
  let before = 0;
  for (const [index, file] of files.entries()) {
    const folder = dirname(await realpath(file));
    for await (const entry of readJsonLines(file, signal)) {
      const share = Math.min(1, (before + entry.bytes) / total);
      const place = `${basename(file)}:${entry.line}`;
      if (entry.type === "refused") {
        yield { share, failed: keptApart(place, entry.failure.code, entry.failure.message) };
        continue;
      }
      const report = readReport(entry.value);
      if (!report)
        yield {
          share,
          failed: keptApart(
            place,
            "no-report",
            "The row is no report: it needs an id, and texts as findings and impression.",
          ),
        };
      else if (known.has(report.id))
        yield { share, failed: keptApart(report.id, "id-repeated", "The id is there a second time.") };
      else yield { share, report, folder };
      if (report) known.add(report.id);
    }
    before += sizes[index]!;
  }
}
