import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { digestFile, writeError } from "#platform";
import { buildManifest } from "./build-manifest.ts";
import { dataCard } from "./data-card.ts";
import { checkLeaks, type LeakFinder } from "./leak-finder.ts";
import type { ExportManifest } from "./manifest.ts";
import { createQuestionImages } from "./question-images.ts";
import { rolloutsFile } from "./read-rollouts.ts";
import { createRowFile } from "./row-file.ts";
import type { Selection } from "./select.ts";
import { type Survey, surveyRollouts } from "./survey.ts";
import type { ExportKind, TrainingEngine } from "./training-engine.ts";
import { writeRows } from "./write-rows.ts";

/** What is exported from where to where, and by which rules. */
export type ExportRequest = {
  /** Folders with a rollouts.jsonl and images beside it. */
  folders: readonly string[];
  engine: TrainingEngine;
  kind: ExportKind;
  /** A folder that is not there yet, or is empty. */
  out: string;
  selection: Selection;
  /** The share (0 to 1) of groups that are for validation, and the seed that they are drawn with. */
  validation: number;
  seed: number;
  leakFinder?: LeakFinder | undefined;
  onProgress?: ((done: { read: number; written: number }) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Writes rollouts as an engine's data: rows by split, images, a data card (README.md), manifest.json, and rejected.jsonl with all that failed
 * the check. Streams over the rollouts, and again over what was chosen; memory grows by about 1 kB a rollout, whatever it holds. The folder is there whole or not at all, and the
 * same rollouts and options give the same bytes.
 *
 * @throws MedRoundsError `path-occupied`, `training-data-empty`, the errors of reading and writing files; the signal's reason
 */
export async function exportRollouts(request: ExportRequest): Promise<ExportManifest> {
  const out = resolve(request.out);
  await requireEmpty(out);
  const part = join(dirname(out), `.${basename(out)}.part`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true }).catch((error: unknown) => Promise.reject(writeError(error, part)));
  try {
    const manifest = await exportInto(part, request);
    await rm(out, { recursive: true, force: true });
    await rename(part, out).catch((error: unknown) => Promise.reject(writeError(error, out)));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function requireEmpty(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return ["a file"];
    throw writeError(error, out);
  });
  if (entries.length > 0) {
    throw new MedRoundsError("path-occupied", `${basename(out)} is there and not empty.`, { path: out });
  }
}

async function exportInto(folder: string, request: ExportRequest): Promise<ExportManifest> {
  const {
    folders,
    engine,
    kind,
    selection,
    validation: share,
    seed,
    leakFinder,
    onProgress,
    signal,
  } = request;
  const images = createQuestionImages({ folders, out: folder, signal });
  const rejected = new Map<string, number>();
  const apart = await createRowFile(join(folder, "rejected.jsonl"));
  let survey: Survey;
  let rejectedHash: string;
  try {
    survey = await surveyRollouts({
      ...{ folders, engine, kind, signal },
      checkQuestion: async (question, from) =>
        (await images.check(question, from)) ??
        (leakFinder
          ? checkLeaks(question, { finder: leakFinder, images: images.toRead(question), signal })
          : null),
      async onRejected({ folder: from, ...row }) {
        rejected.set(row.reason, (rejected.get(row.reason) ?? 0) + 1);
        await apart.write({ ...row, source: from });
      },
      onRead: (read) => onProgress?.({ read, written: 0 }),
    });
  } finally {
    rejectedHash = await apart.close();
  }
  const written = await writeRows({
    ...{ folder, folders, engine, kind, survey, selection, split: { share, seed }, images, signal },
    onWritten: (rows) => onProgress?.({ read: survey.rollouts, written: rows }),
  });
  if (written.rows === 0) {
    const why = [...rejected, ...written.leftOut].map(([reason, count]) => `${reason} ${count}`).join(", ");
    throw new MedRoundsError(
      "training-data-empty",
      `No row is left of ${survey.rollouts} rollouts (${why || "none were there"}).`,
      {
        rollouts: survey.rollouts,
      },
    );
  }
  const facts = { kind, hasImages: written.hasImages };
  const extra = engine.extraFiles(facts);
  for (const { name, text } of extra) await writeText(join(folder, name), text);
  const sources = [];
  for (const source of folders) sources.push((await digestFile(rolloutsFile(source), signal)).sha256);
  const manifest = buildManifest({
    ...{ engine: engine.name, kind, survey, written, rejected, rejectedHash, selection, extra, sources },
    ...{ images: images.used(), split: { share, seed }, leaks: leakFinder?.summarize() ?? [] },
  });
  await writeText(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeText(join(folder, "README.md"), dataCard(manifest, engine.guide(facts)));
  return manifest;
}

async function writeText(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => Promise.reject(writeError(error, file)));
}
