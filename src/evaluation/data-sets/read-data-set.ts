import { realpath } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import { fileError } from "#platform";
import type { DataSet, RefusedSample, Sample } from "../samples/sample.ts";
import { sampleId } from "../samples/sample-id.ts";
import { chooseFormat } from "./choose-format.ts";
import { type CollectedDraft, collectDrafts } from "./collect-drafts.ts";
import { findFiles } from "./find-files.ts";
import { finishSamples, type RunQuery } from "./finish-samples.ts";
import { createImageFiles } from "./images/image-files.ts";
import { type Selection, selectDrafts } from "./select-drafts.ts";

/**
 * A data set on disk and what is taken of it. `path` is its folder or file, `images` a folder of images that lies elsewhere, `format` the
 * name of its published form where that can't be told, `classField` the field of a manifest's rows that holds their class. `runQuery`
 * answers where the rows hold queries instead of answers.
 */
export type DataSetRequest = Selection & {
  path: string;
  format?: string | undefined;
  images?: string | undefined;
  classField?: string | undefined;
  runQuery?: RunQuery | undefined;
  /** Is given each sample as it is read, in order, ahead of the whole, of so many at the most; is waited for before more are read. */
  onSample?: ((sample: Sample, of: number) => Promise<void> | void) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Reads a data set in one of the published forms of `formats/list.ts`. Rows that can't be read are refused and listed, the others read.
 * Images are hashed, their bytes not kept. The same files give the same samples in the same order.
 *
 * @throws MedRoundsError `data-set-unclear` where the form can't be told; `data-set-invalid` where no row is a sample, or none is of the
 * split or fits the filter; `records-client-missing` for Parquet without its package; the errors of reading a file
 */
export async function readDataSet(request: DataSetRequest): Promise<DataSet> {
  const { path, classField, runQuery, onSample, signal } = request;
  const found = await findFiles(path, signal);
  const chosen = await chooseFormat({ found, format: request.format, signal });
  const collected = await collectDrafts(chosen, { classField, signal, split: request.split });
  const drafts = selectDrafts(collected, request);
  const images = request.images === undefined ? [] : [await realFolder(request.images)];
  const findImage = createImageFiles({ roots: [...images, found.root], ...(signal ? { signal } : {}) });
  const classes = classesOf(collected.drafts);
  const finished = await finishSamples(drafts, { findImage, classes, runQuery, onSample, signal });
  const refused = [...collected.refused, ...finished.refused];
  const { samples } = finished;
  if (samples.length === 0) throw noSamples(found.name, refused);
  const { name, card } = chosen.format;
  const license = statedLicenses(drafts) ?? card.license;
  return {
    ...{ name: found.name, format: name, card: { ...card, license }, samples, refused },
    rows: collected.drafts.length + collected.refused.length,
    notes: notesOf(samples),
  };
}

async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch((error: unknown) => {
    throw fileError(error, folder);
  });
}

/** Sorted, so that the options do not depend on the order of rows. */
function classesOf(drafts: readonly CollectedDraft[]): Map<string, string[]> {
  const names = new Map<string, Set<string>>();
  for (const { draft } of drafts) {
    if (draft.gold.type !== "class") continue;
    const known = names.get(draft.gold.of) ?? new Set();
    names.set(draft.gold.of, known.add(draft.gold.name));
  }
  return new Map([...names].map(([of, known]) => [of, [...known].sort()]));
}

function noSamples(name: string, refused: readonly RefusedSample[]): MedRoundsError {
  const [first] = refused;
  const why = first
    ? ` The first of ${refused.length} refused rows, ${first.sourceId}: ${first.message}`
    : "";
  return new MedRoundsError("data-set-invalid", `${name} holds no sample.${why}`, {
    refused: refused.length,
  });
}

const licensesShown = 4;

function statedLicenses(drafts: readonly CollectedDraft[]): string | undefined {
  const counts = Map.groupBy(
    drafts.flatMap(({ draft }) => draft.license ?? []),
    (license) => license,
  );
  const licenses = [...counts]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([name]) => name);
  if (licenses.length === 0) return undefined;
  const more = licenses.length - licensesShown;
  return licenses.slice(0, licensesShown).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function notesOf(samples: readonly Sample[]): string[] {
  const notes: string[] = [];
  const unknown = samples.filter(({ patient, slide }) => patient === "" && slide === "").length;
  const withImages = samples.some(({ images }) => images.length > 0);
  if (withImages && unknown > 0) {
    const which = unknown === samples.length ? "any sample" : `${unknown} of ${samples.length} samples`;
    notes.push(
      `Neither patient nor slide is known of ${which}: there only what shares an image or a source stands together, and intervals may be too narrow.`,
    );
  }
  const repeated = samples.filter((sample) => sample.id !== sampleId(sample)).length;
  if (repeated > 0)
    notes.push(
      `${repeated === 1 ? "1 sample repeats" : `${repeated} samples repeat`} the question, options, answer and images of another; both count.`,
    );
  return notes;
}
