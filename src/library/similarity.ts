import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { fitSimilarity, parseFit, type SimilarityFit, serializeFit } from "#imaging";
import { fileError, parseJson, sha256, writeError, writeFileAtomically } from "#platform";
import { libraryEntries } from "./case-entries.ts";
import { dropCaseSnapshot } from "./case-snapshot.ts";
import type { Library } from "./library.ts";
import { lockForWriting } from "./writer-lock.ts";

/** From this many cases on the fit is made of a sample of about this size. */
const sampleSize = 20_000;
/** The share of cases by which a library changes before it is fitted anew. */
const change = 0.25;

const fileSchema = z.object({
  schema: z.literal(1),
  /** The descriptor by its preprocessing hash and the encoders by their fingerprints, in the order in which the fit takes their vectors. */
  describedBy: z.array(z.string()),
  /** How many cases the library had, and how many vectors of each encoder. */
  counts: z.array(z.int().nonnegative()),
  fit: z.string(),
});

type FitContent = z.infer<typeof fileSchema>;

/** How a library compares its cases, and of how many it was fitted; not fitted where the file can't be used. */
export type LibrarySimilarity =
  | { type: "fitted"; fit: SimilarityFit; cases: number }
  | { type: "missing" | "damaged" | "outdated"; fit: SimilarityFit };

/**
 * Reads how a library compares its cases. Where nothing was fitted on it, or the file is damaged, or of another descriptor or other
 * encoders, it is the comparison that is not fitted at all, and `type` tells which.
 */
export async function readSimilarity(library: Library): Promise<LibrarySimilarity> {
  const file = await readFitFile(library);
  if (file.type === "fitted") return { type: "fitted", fit: file.fit, cases: file.counts[0] ?? 0 };
  return { type: file.type, fit: fitSimilarity({ cases: [], encoders: encodersOf(library) }) };
}

/** What tells one state of `similarity.json` from another; an empty text where there is none. */
export async function similarityVersion({ folder }: Pick<Library, "folder">): Promise<string> {
  return sha256(await readFile(fitFile(folder)).catch(() => new Uint8Array()));
}

/** What a fit was made of. `version` tells it from others. */
export type FitReport = { version: string; dimension: number; cases: number; seconds: number };

/** Fits on the library's cases how they are compared. Throws `library-busy`, `path-unwritable` and `disk-full`. */
export async function fitLibrary(library: Library): Promise<FitReport> {
  await using _lock = await lockForWriting(library.folder);
  return writeFit(library);
}

/** As `refit`, for a library that nobody else writes to. Throws as `fitLibrary` does. */
export async function refitLibrary(library: Library): Promise<FitReport | undefined> {
  await using _lock = await lockForWriting(library.folder);
  return refit(library);
}

/**
 * Fits the library anew where there is no fit that can be used, or a quarter of the cases or of an encoder's vectors came or went since;
 * undefined where it need not be. To be called by the library's only writer.
 */
export async function refit(library: Library): Promise<FitReport | undefined> {
  const file = await readFitFile(library);
  const counts = await countVectors(library);
  if (counts[0] === 0 && file.type === "missing") return undefined;
  const isNear = (count: number, before = 0) =>
    count === before || Math.abs(count - before) < change * before;
  if (file.type === "fitted" && counts.every((count, index) => isNear(count, file.counts[index]))) {
    return undefined;
  }
  return writeFit(library);
}

/** To be called by the library's only writer before cases are removed or replaced: neither the fit nor a snapshot keeps a trace of them. */
export async function dropFit({ folder }: Library): Promise<void> {
  const file = fitFile(folder);
  await rm(file, { force: true }).catch((error: unknown) => {
    throw writeError(error, file);
  });
  await dropCaseSnapshot({ folder });
}

/** As `fitLibrary`; to be called by the library's only writer. */
export async function writeFit(library: Library): Promise<FitReport> {
  const began = performance.now();
  const counts = await countVectors(library);
  const [total = 0] = counts;
  const cases = [];
  for await (const { id, descriptor, encoded, labels } of libraryEntries(library)) {
    if (!isSampled(id, total)) continue;
    cases.push({ id, descriptor, encoded, labels });
  }
  // The order counts, and no store promises one.
  cases.sort((a, b) => (a.id < b.id ? -1 : 1));
  const fit = fitSimilarity({ cases, encoders: encodersOf(library) });
  const file = { schema: 1 as const, describedBy: describedBy(library), counts, fit: serializeFit(fit) };
  await writeFileAtomically(fitFile(library.folder), `${JSON.stringify(file satisfies FitContent)}\n`);
  await dropCaseSnapshot(library);
  const { version, dimension } = fit;
  return { version, dimension, cases: total, seconds: (performance.now() - began) / 1000 };
}

/** Whether a case is in the sample: by its id, so that it is the same in any order. */
function isSampled(id: string, total: number): boolean {
  return total <= sampleSize || Number.parseInt(sha256(id).slice(0, 8), 16) / 2 ** 32 < sampleSize / total;
}

type FitFile =
  | { type: "fitted"; fit: SimilarityFit; counts: readonly number[] }
  | { type: "missing" | "damaged" | "outdated" };

async function readFitFile(library: Library): Promise<FitFile> {
  let text: string;
  try {
    text = await readFile(fitFile(library.folder), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { type: "missing" };
    throw fileError(error, fitFile(library.folder));
  }
  const { data } = fileSchema.safeParse(parseJson(text));
  if (!data) return { type: "damaged" };
  if (data.describedBy.join() !== describedBy(library).join()) return { type: "outdated" };
  try {
    const fit = parseFit(data.fit);
    const widths = [library.embedder, ...encodersOf(library)].map(({ dimension }) => dimension);
    // Else no vector of the library could be put into it.
    const takesVectors = fit.content.branches.every(
      (blocks) => blocks.map(({ width }) => width).join() === widths.join(),
    );
    return takesVectors ? { type: "fitted", fit, counts: data.counts } : { type: "damaged" };
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    return { type: "damaged" };
  }
}

function fitFile(folder: string): string {
  return join(folder, "similarity.json");
}

function encodersOf({ imageVectors }: Library) {
  return imageVectors.map(({ embedder: { id, fingerprint, dimension } }) => ({ id, fingerprint, dimension }));
}

function describedBy(library: Library): string[] {
  return [library.embedder.preprocessingHash, ...encodersOf(library).map(({ fingerprint }) => fingerprint)];
}

function countVectors({ cases, imageVectors }: Library): Promise<number[]> {
  return Promise.all([cases, ...imageVectors.map(({ collection }) => collection)].map((one) => one.count()));
}
