import type { Collection, CollectionSchema, ScoredRow, TextRow } from "../collection.ts";
import { createIdIndex, type IdIndex } from "./id-index.ts";
import { createPacer } from "./pacer.ts";
import { createPackedTexts, type PackedTexts } from "./packed-texts.ts";
import { createTermSearch, type Hit } from "./term-index.ts";
import { createTermIndexBuilder } from "./term-index-builder.ts";
import { createVectorIndex, vectorIndexBytes } from "./vector-index.ts";

/** How much a serving index may hold. */
export type ServingLimits = {
  /** Most rows of the collection. */
  rows: number;
  /** Most bytes of postings, vectors and ids. */
  bytes: number;
  /** Most bytes of the other columns; a column that does not fit is read from the store. */
  columnBytes: number;
};

/** A collection's rows in memory, as they were when it was built. */
export type MemoryIndex = {
  rows: number;
  bytes: number;
  searchTerms(query: string, top: number): Hit[];
  searchVector(vector: Float32Array, top: number): Hit[];
  /** The rows of the hits with the named columns; those that are not in memory come from the store. */
  rowsOf(hits: readonly Hit[], columns: readonly string[]): Promise<ScoredRow[]>;
  /** The rows of the ids, each once, with the named columns; undefined where an id or a column is not in memory. */
  find(ids: readonly string[], columns: readonly string[]): TextRow[] | undefined;
};

/** Why a collection stays in its store alone. */
export type Declined = { declined: string };

type Request = {
  collection: Collection;
  schema: CollectionSchema;
  limits: ServingLimits;
  signal: AbortSignal;
};

/** Reads the collection into memory, with pauses for other work of the process. Throws what the store throws. */
export async function buildMemoryIndex(request: Request): Promise<MemoryIndex | Declined> {
  const { collection, schema, limits, signal } = request;
  const pause = createPacer(signal);
  const rows = await collection.count();
  const tooMany = { declined: `More than ${limits.rows} rows.` };
  const tooMuch = { declined: `More than ${limits.bytes} bytes of postings, vectors and ids.` };
  if (rows > limits.rows) return tooMany;
  const dimension = schema.vector?.dimension ?? 0;
  if (schema.vector && vectorIndexBytes({ rows, dimension }) > limits.bytes) return tooMuch;

  const ids = createPackedTexts();
  const comesFirst = (a: number, b: number) => ids.at(a) < ids.at(b);
  const vectors = schema.vector && (await createVectorIndex({ dimension, capacity: rows, comesFirst }));
  const terms = schema.terms === undefined ? undefined : createTermIndexBuilder();
  const held = new Map(schema.text.map((column) => [column, createPackedTexts()]));
  const columns = [...schema.text, ...(schema.terms === undefined ? [] : [schema.terms])];
  const bytes = () => ids.bytes() + (terms?.bytes() ?? 0) + (vectors?.bytes() ?? 0);

  let count = 0;
  for await (const batch of collection.scan({ columns, vectors: vectors !== undefined })) {
    for (const { row, vector } of batch) {
      ids.add(row.id);
      for (const [column, texts] of held) texts.add(row[column] ?? "");
      if (terms) terms.add(row[schema.terms ?? ""] ?? "");
      if (vectors && vector) vectors.add(vector);
      count++;
      await pause();
    }
    dropLargest(held, limits.columnBytes);
    if (count > limits.rows) return tooMany;
    if (bytes() > limits.bytes) return tooMuch;
    await vectors?.settle(pause);
  }
  const postings = await terms?.finish(pause);
  const findTerms = postings && createTermSearch(postings, comesFirst);
  const documents = await createIdIndex({ ids, count, pause });
  const read = createRowReader(ids, held);
  return {
    rows: count,
    bytes: bytes() + documents.bytes + columnBytes(held),
    searchTerms: (query, top) => findTerms?.(query, top) ?? [],
    searchVector: (vector, top) => vectors?.search(vector, top) ?? [],
    rowsOf: (hits, columns) => readHits({ collection, read, hits, columns }),
    find: (wanted, columns) => findRows({ documents, read, ids: wanted, columns }),
  };
}

function columnBytes(held: ReadonlyMap<string, PackedTexts>): number {
  return held.values().reduce((sum, texts) => sum + texts.bytes(), 0);
}

/** Lets go of the largest columns until the others fit. */
function dropLargest(held: Map<string, PackedTexts>, most: number): void {
  while (columnBytes(held) > most) {
    const [largest] = [...held].sort(([, a], [, b]) => b.bytes() - a.bytes());
    if (largest) held.delete(largest[0]);
  }
}

/** Reads the row of a document with the named columns, and tells those that are not in memory. */
type RowReader = {
  row(document: number, columns: readonly string[]): TextRow;
  missing(columns: readonly string[]): string[];
};

function createRowReader(ids: PackedTexts, held: ReadonlyMap<string, PackedTexts>): RowReader {
  return {
    row(document, columns) {
      const row: TextRow = { id: ids.at(document) };
      for (const column of columns) {
        const text = column === "id" ? row.id : held.get(column)?.at(document);
        if (text !== undefined) row[column] = text;
      }
      return row;
    },
    missing: (columns) => columns.filter((column) => column !== "id" && !held.has(column)),
  };
}

async function readHits(request: {
  collection: Collection;
  read: RowReader;
  hits: readonly Hit[];
  columns: readonly string[];
}): Promise<ScoredRow[]> {
  const { collection, read, hits, columns } = request;
  const found = hits.map(({ document, score }) => ({ row: read.row(document, columns), score }));
  const missing = read.missing(columns);
  if (missing.length === 0 || found.length === 0) return found;
  const values = found.map(({ row }) => row.id);
  const stored = await collection.find({
    filter: { type: "one-of", column: "id", values },
    columns: missing,
  });
  const rowsById = new Map(stored.map((row) => [row.id, row]));
  return found.flatMap(({ row, score }) => {
    const rest = rowsById.get(row.id);
    return rest ? [{ row: { ...row, ...rest }, score }] : [];
  });
}

function findRows(request: {
  documents: IdIndex;
  read: RowReader;
  ids: readonly string[];
  columns: readonly string[];
}): TextRow[] | undefined {
  const { documents, read, ids, columns } = request;
  if (read.missing(columns).length > 0) return undefined;
  const found: TextRow[] = [];
  for (const id of new Set(ids)) {
    const document = documents.find(id);
    if (document === undefined) return undefined;
    found.push(read.row(document, columns));
  }
  return found;
}
