import type { Case } from "#contracts";
import { caseCollection, caseFromRecord } from "#imaging";
import { sha256 } from "#platform";
import { amongIds, inBatches } from "../batches.ts";
import type { ImageVectors, Library } from "../library.ts";
import { readStoredImage } from "../stored-images.ts";
import { createUsedImages, readImageFiles } from "../sweep-images.ts";
import type { CorpusCounts } from "./check-passages.ts";
import type { ProblemList } from "./problems.ts";

/**
 * Reads every case with its vector and its image, and every file of the image folder. An image must be what its address says, the
 * SHA-256 of its bytes.
 */
export async function checkCases(request: {
  library: Pick<Library, "folder" | "cases" | "embedder" | "imageVectors">;
  problems: ProblemList;
  onBatch: (rows: number) => void;
}): Promise<CorpusCounts> {
  const { library, problems, onBatch } = request;
  const counts: CorpusCounts = new Map();
  const used = createUsedImages();
  const dimension = caseCollection(library.embedder.dimension).vector?.dimension;
  let unreadable = false;
  for await (const rows of inBatches(library.cases.scan({ columns: ["corpus", "record"], vectors: true }))) {
    const read: Case[] = [];
    await checkIds({ library, ids: rows.map(({ row }) => row.id), problems });
    for (const { row, vector } of rows) {
      const { id, corpus = "" } = row;
      counts.set(corpus, (counts.get(corpus) ?? 0) + 1);
      const isVector = vector?.length === dimension && vector?.every(Number.isFinite);
      if (!isVector) problems.note("case-vector-invalid", id);
      const found = readCase(id, row.record ?? "");
      if (!found) {
        unreadable = true;
        problems.note("case-unreadable", id);
        continue;
      }
      read.push(found);
      if (used.has(found.image)) continue;
      used.add(found.image);
      await checkImage({ folder: library.folder, found, problems });
    }
    for (const vectors of library.imageVectors) await checkVectorsOf({ vectors, read, problems });
    onBatch(rows.length);
  }
  for await (const { file, name, isPart } of readImageFiles(library.folder)) {
    if (isPart) problems.note("part-left", file);
    else if (!unreadable && !used.has(name)) problems.note("image-unused", file);
  }
  return counts;
}

async function checkIds(request: {
  library: Pick<Library, "cases">;
  ids: readonly string[];
  problems: ProblemList;
}): Promise<void> {
  const { library, ids, problems } = request;
  const found = await library.cases.find({ filter: amongIds([...new Set(ids)]), columns: [] });
  const seen = new Set<string>();
  for (const { id } of found) {
    if (seen.has(id)) problems.note("case-twice", id);
    seen.add(id);
  }
}

async function checkVectorsOf(request: {
  vectors: ImageVectors;
  read: readonly Case[];
  problems: ProblemList;
}): Promise<void> {
  const { vectors, read, problems } = request;
  const filter = amongIds(read.map(({ id }) => id));
  const rows = await vectors.collection.find({ filter, columns: ["image"] });
  const images = new Map(rows.map(({ id, image }) => [id, image]));
  for (const { id, image } of read) {
    if (images.get(id) === image) continue;
    problems.note("cases-without-vector", id, { where: vectors.embedder.id });
  }
}

function readCase(id: string, record: string): Case | undefined {
  try {
    const found = caseFromRecord(record);
    return found.id === id ? found : undefined;
  } catch {
    return undefined;
  }
}

async function checkImage(request: { folder: string; found: Case; problems: ProblemList }): Promise<void> {
  const { folder, found, problems } = request;
  const bytes = await readStoredImage(folder, found.image).catch(() => undefined);
  if (!bytes) problems.note("image-missing", found.id);
  else if (sha256(bytes) !== found.image.split(".")[0]) problems.note("image-altered", found.image);
}
