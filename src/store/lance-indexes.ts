import type * as Lance from "@lancedb/lancedb";
import type { CollectionSchema } from "./collection.ts";

type Parts = { lance: typeof Lance; table: Lance.Table; schema: CollectionSchema };
type VectorParts = { lance: typeof Lance; table: Lance.Table; column: string; dimension: number };

const termIndexName = "terms";
const vectorIndexName = "vectors";

/** Up to this many rows, comparing every vector is as fast as an index, and exact. */
const exactRows = 20_000;

/** One bit a dimension finds but six in ten of the neighbors among vectors without clusters; four find them all. */
const bitsOfDimension = 4;

/** All partitions of a hundred thousand rows, a third of those of a million: recall@10 of 0.99 on hard vectors. */
const probedPartitions = 300;

/** Builds the index of terms where it is missing; false where there is nothing to index. */
export async function buildTermIndex({ lance, table, schema }: Parts): Promise<boolean> {
  if (schema.terms === undefined || (await table.countRows()) === 0) return false;
  const indices = await table.listIndices();
  if (indices.some((index) => index.name === termIndexName)) return true;
  await createTermIndex({ lance, table, column: schema.terms });
  return true;
}

async function createTermIndex(request: {
  lance: typeof Lance;
  table: Lance.Table;
  column: string;
}): Promise<void> {
  const { lance, table, column } = request;
  const config = lance.Index.fts({
    withPosition: false,
    stem: true,
    removeStopWords: true,
    asciiFolding: true,
    language: "English",
  });
  await table.createIndex(column, { config, name: termIndexName });
}

/** Builds the indexes of keys, and of vectors above `exactRows` rows, where they are missing. */
export async function buildIndexes({ lance, table, schema }: Parts): Promise<void> {
  const indices = await table.listIndices();
  const indexed = new Set(indices.flatMap((index) => index.columns));
  for (const key of ["id", ...schema.keys]) {
    if (!indexed.has(key)) await table.createIndex(key, { config: lance.Index.btree() });
  }
  if (schema.vector && !schema.vector.exact) await buildVectorIndex({ lance, table, ...schema.vector });
}

/**
 * Puts new indexes in the place of those there are, built of the rows there are now; drops them where there are no rows or too few. Until
 * a new one is there, the old one answers.
 */
export async function rebuildIndexes({ lance, table, schema }: Parts): Promise<void> {
  const { terms, vector, keys } = schema;
  const rows = await table.countRows();
  const indices = await table.listIndices();
  for (const { name } of indices) {
    if (rows === 0 || (name === vectorIndexName && rows <= exactRows)) await table.dropIndex(name);
  }
  if (rows === 0) return;
  if (terms !== undefined) await createTermIndex({ lance, table, column: terms });
  for (const key of ["id", ...keys]) await table.createIndex(key, { config: lance.Index.btree() });
  if (vector && isIndexed({ ...vector, rows })) await createVectorIndex({ lance, table, rows, ...vector });
}

/** LanceDB packs eight dimensions into a byte; vectors of another length are all compared. */
function isIndexed(request: { rows: number; dimension: number; exact?: boolean }): boolean {
  return !request.exact && request.rows > exactRows && request.dimension % 8 === 0;
}

async function buildVectorIndex({ lance, table, column, dimension }: VectorParts): Promise<void> {
  const rows = await table.countRows();
  if (!isIndexed({ rows, dimension })) return;
  const statistics = await table.indexStats(vectorIndexName);
  // What was added since is put into the partitions there are, until there is more of it than they were made for.
  if (statistics && statistics.numUnindexedRows <= statistics.numIndexedRows) return;
  await createVectorIndex({ lance, table, rows, column, dimension });
}

/**
 * An inverted file with RaBitQ codes (Gao and others 2024). Its search compares the candidates again with the vectors themselves.
 * On two cores it builds many times faster than a graph (HNSW), and finds as many of the neighbors.
 */
async function createVectorIndex(request: VectorParts & { rows: number }): Promise<void> {
  const { lance, table, column, rows } = request;
  const config = lance.Index.ivfRq({
    distanceType: "cosine",
    numPartitions: Math.round(Math.sqrt(rows)),
    numBits: bitsOfDimension,
  });
  await table.createIndex(column, { config, name: vectorIndexName });
}

/** Searches by the index of vectors, or compares every vector where there is none; rows it does not hold yet are compared too. */
export function searchByIndex(query: Lance.VectorQuery): Lance.VectorQuery {
  return query.nprobes(probedPartitions).refineFactor(4);
}
