import { embeddedTextHash, passageFromRecord } from "#knowledge";
import type { Collection } from "#store";
import { amongIds, inBatches } from "../batches.ts";
import type { TextVectors } from "../library.ts";
import type { ProblemList } from "./problems.ts";

type ReadPassage = { id: string; corpus: string; textHash: string | undefined };

/** How many passages a corpus has: of each, its passages. */
export type CorpusCounts = Map<string, number>;

/**
 * Reads every passage, in constant memory. Whether its neighbor in the document is there, and whether its id is there twice, is looked
 * up a batch at a time. A document that lost its end, behind the second passage, can't be told from a shorter one.
 */
export async function checkPassages(request: {
  passages: Collection;
  textVectors: readonly TextVectors[];
  problems: ProblemList;
  onBatch: (rows: number) => void;
}): Promise<CorpusCounts> {
  const { passages, textVectors, problems, onBatch } = request;
  const counts: CorpusCounts = new Map();
  for await (const rows of inBatches(passages.scan({ columns: ["corpus", "record"] }))) {
    const read = rows.map(({ row }) => readPassage(row, problems));
    for (const { corpus } of read) counts.set(corpus, (counts.get(corpus) ?? 0) + 1);
    await checkNumbers({ passages, read, problems });
    for (const vectors of textVectors) await checkVectorsOf({ vectors, read, problems });
    onBatch(rows.length);
  }
  return counts;
}

function readPassage(row: { id: string } & Record<string, string>, problems: ProblemList): ReadPassage {
  const { id, corpus = "" } = row;
  try {
    const passage = passageFromRecord(row.record ?? "");
    if (passage.id === id) return { id, corpus, textHash: embeddedTextHash(passage) };
  } catch {
    // Told below, as is the record of another passage.
  }
  problems.note("passage-unreadable", id);
  return { id, corpus, textHash: undefined };
}

async function checkNumbers(request: {
  passages: Collection;
  read: readonly ReadPassage[];
  problems: ProblemList;
}): Promise<void> {
  const { passages, read, problems } = request;
  const neighbors = new Map(read.map(({ id }) => [id, neighborOf(id)]));
  const wanted = new Set([...neighbors.keys(), ...neighbors.values()].filter((id) => id !== undefined));
  const found = new Map<string, number>();
  for (const { id } of await passages.find({ filter: amongIds([...wanted]), columns: [] })) {
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  for (const [id, neighbor] of neighbors) {
    if ((found.get(id) ?? 0) > 1) problems.note("passage-twice", id);
    if (neighbor !== undefined && !found.has(neighbor)) problems.note("document-incomplete", id);
  }
}

/** "a/b#2" for "a/b#3" and for "a/b#1"; undefined for the only passage of a document, which has no number. */
function neighborOf(id: string): string | undefined {
  const end = id.lastIndexOf("#") + 1;
  const number = Number(id.slice(end));
  return end === 0 ? undefined : `${id.slice(0, end)}${number === 1 ? 2 : number - 1}`;
}

async function checkVectorsOf(request: {
  vectors: TextVectors;
  read: readonly ReadPassage[];
  problems: ProblemList;
}): Promise<void> {
  const { vectors, read, problems } = request;
  const filter = amongIds(read.map(({ id }) => id));
  const rows = await vectors.collection.find({ filter, columns: ["textHash"] });
  const hashes = new Map(rows.map(({ id, textHash }) => [id, textHash]));
  for (const { id, textHash } of read) {
    if (textHash === undefined || hashes.get(id) === textHash) continue;
    problems.note("passages-without-vector", id, { where: vectors.embedder.id });
  }
}
