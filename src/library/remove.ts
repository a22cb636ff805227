import { MedRoundsError } from "#contracts";
import type { Collection, Filter } from "#store";
import type { Library } from "./library.ts";
import { updateManifest } from "./manifest.ts";
import { markRemoval } from "./remove-mark.ts";
import { dropFit, writeFit } from "./similarity.ts";
import { sweepImages } from "./sweep-images.ts";
import { lockForWriting } from "./writer-lock.ts";

/** What is to be removed: a corpus, or documents and cases by id. The id of a passage means its whole document. */
export type RemovalTarget = { corpus: string } | { ids: readonly string[] };

/** What a removal takes away, or took away. */
export type RemovalCounts = { documents: number; passages: number; cases: number };

/** `images` that no case uses any more were deleted; `missing` are the ids that the library does not have. */
export type RemovalReport = RemovalCounts & { vectors: number; images: number; missing: string[] };

/** What a removal would take away. Reads alone. */
export async function planRemoval(library: Library, target: RemovalTarget): Promise<RemovalCounts> {
  const { passages, cases } = library;
  const filters = filtersOf(target);
  return {
    documents: await countDocuments(library, filters.documents),
    passages: await passages.count(filters.documents),
    cases: await cases.count(filters.cases),
  };
}

/**
 * Removes a corpus, or documents and cases, with their vectors, and then the images that no case uses any more. It is done in an order
 * in which a removal that was ended anywhere is completed by running it again: vectors, passages, cases, images, and then the
 * corpus' name. Last, the tables are written anew, so that no byte of what was removed is left in the library, and how cases are compared
 * is fitted on those that stay; where that was cut short, the next removal does it, whatever it removes.
 *
 * Throws `entry-missing` where the library has none of what is named, `library-busy`, `library-unreadable`, `path-unwritable`,
 * `disk-full`, and the signal's reason between two steps.
 */
export async function removeFromLibrary(request: {
  library: Library;
  target: RemovalTarget;
  signal?: AbortSignal;
}): Promise<RemovalReport> {
  const { library, target, signal } = request;
  await using _lock = await lockForWriting(library.folder);
  const filters = filtersOf(target);
  const missing = "ids" in target ? await findMissing(library, target.ids) : [];
  const documents = await countDocuments(library, filters.documents);
  const report = { documents, passages: 0, cases: 0, vectors: 0, images: 0, missing };
  const mark = await markRemoval(library.folder);
  const touched = new Set<Collection>();
  const removeFrom = async (collection: Collection, filter: Filter) => {
    // A table that has none is not asked to remove them: the store would note there what was named.
    const rows = (await collection.count(filter)) > 0 ? await collection.remove(filter) : 0;
    if (rows > 0 || mark.wasCutShort) touched.add(collection);
    signal?.throwIfAborted();
    return rows;
  };
  const isFitStale = mark.wasCutShort || (await library.cases.count(filters.cases)) > 0;
  if (isFitStale) await dropFit(library);
  for (const { collection } of library.textVectors) {
    report.vectors += await removeFrom(collection, filters.documents);
  }
  for (const { collection } of library.imageVectors) {
    report.vectors += await removeFrom(collection, filters.cases);
  }
  report.passages = await removeFrom(library.passages, filters.documents);
  report.cases = await removeFrom(library.cases, filters.cases);
  report.images = await sweepImages(library);
  const isNamed = "corpus" in target && (await forgetCorpus(library, target.corpus));
  for (const collection of touched) await collection.optimize({ purge: true });
  if (isFitStale) await ((await library.cases.count()) > 0 ? writeFit(library) : dropFit(library));
  await mark.clear();
  const { passages, cases, vectors, images } = report;
  if (!isNamed && passages + cases + vectors + images === 0) throw nothingThere(target);
  return report;
}

/** An id's document or case: what stands before the number of a passage. */
function keyOf(id: string): string {
  return id.replace(/#\d+$/, "");
}

function filtersOf(target: RemovalTarget): { documents: Filter; cases: Filter } {
  if ("corpus" in target) {
    const filter: Filter = { type: "equals", column: "corpus", value: target.corpus };
    return { documents: filter, cases: filter };
  }
  const values = target.ids.map(keyOf);
  return {
    documents: { type: "one-of", column: "document", values },
    cases: { type: "one-of", column: "id", values },
  };
}

/** By its first passage: the only one, whose id is that of the document, or the one with the number 1. */
async function countDocuments({ passages }: Library, filter: Filter): Promise<number> {
  let documents = 0;
  for await (const rows of passages.scan({ filter, columns: [] })) {
    documents += rows.filter(({ row }) => /^[^#]*(#1)?$/.test(row.id)).length;
  }
  return documents;
}

async function findMissing({ passages, cases }: Library, ids: readonly string[]): Promise<string[]> {
  const filters = filtersOf({ ids });
  const found = new Set<string | undefined>();
  const documents = passages.scan({ filter: filters.documents, columns: ["document"] });
  for await (const rows of documents) for (const { row } of rows) found.add(row.document);
  for (const row of await cases.find({ filter: filters.cases, columns: [] })) found.add(row.id);
  return ids.filter((id) => !found.has(keyOf(id)));
}

/** Takes a corpus' name out of the manifest; resolves to whether it was there. */
async function forgetCorpus(library: Library, name: string): Promise<boolean> {
  let isNamed = false;
  library.manifest = await updateManifest(library.folder, (manifest) => {
    isNamed = manifest.corpora.includes(name);
    return { ...manifest, corpora: manifest.corpora.filter((corpus) => corpus !== name) };
  });
  return isNamed;
}

function nothingThere(target: RemovalTarget): MedRoundsError {
  if ("corpus" in target) {
    const { corpus } = target;
    return new MedRoundsError("entry-missing", `The library has no corpus ${corpus}.`, { corpus });
  }
  const ids = target.ids.join(", ");
  const shown = ids.length > 200 ? `${ids.slice(0, 200)}…` : ids;
  return new MedRoundsError("entry-missing", `The library has nothing with the id ${shown}.`, { ids: shown });
}
