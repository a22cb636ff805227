import { checkVector } from "../check-vector.ts";
import type { Collection, CollectionSchema, Filter, Row, ScoredRow } from "../collection.ts";
import { byScoreThenId, rankWithTies } from "../ranking.ts";
import { analyzedTerms } from "./analyzed-terms.ts";
import { filterExpression } from "./filter-expression.ts";
import { columnValue } from "./long-text.ts";
import type { WriteMarks } from "./marks.ts";
import { outputFields, readRow, readScannedRow, toMilvusRows } from "./rows.ts";
import { ownFields, searchParameters } from "./schema.ts";
import type { MilvusTable } from "./table.ts";

export function createMilvusCollection(given: {
  table: MilvusTable;
  marks: WriteMarks;
  schema: CollectionSchema;
  /** Rows from which on vectors are searched by a graph. */
  graphAbove: number;
}): Collection {
  const { table, marks, schema, graphAbove } = given;

  const idsOf = async (filter: Filter): Promise<string[]> => {
    const expression = filterExpression(filter);
    if (expression === false) return [];
    const pages = table.pages({ expression: expressionOrAll(expression), fields: ["id"] });
    return (await Array.fromAsync(pages)).flat().map((row) => String(row.id));
  };

  const search = async (
    request: { top: number; columns: readonly string[]; filter?: Filter },
    asked: Omit<Parameters<MilvusTable["search"]>[0], "top" | "expression" | "fields">,
  ): Promise<ScoredRow[]> => {
    const { top, columns, filter } = request;
    const expression = filter === undefined || filterExpression(filter);
    if (expression === false || top < 1) return [];
    return rankWithTies(top, async (wanted) => {
      const found = await table.search({
        ...asked,
        top: wanted,
        expression: expressionOrAll(expression),
        fields: outputFields(columns),
      });
      // Milvus Lite gives the scores of BM25, which none is below 0, with the other sign.
      const sign = asked.metric === "BM25" ? Math.abs : Number;
      return found.map((row) => ({ row: readRow(row, columns), score: sign(Number(row.score)) }));
    });
  };

  const collection: Collection = {
    async count(filter) {
      const expression = filter === undefined || filterExpression(filter);
      return expression === false ? 0 : table.count(expressionOrAll(expression));
    },

    async find({ filter, columns }) {
      const batches = await Array.fromAsync(collection.scan({ filter, columns }));
      return batches.flat().map(({ row }) => row);
    },

    async insert(rows) {
      const byId = new Map<string, Row>();
      for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
      const written = toMilvusRows([...byId.values()], schema);
      if (written.length === 0) return;
      const there = await table.rowsOf({ ids: written.map((row) => String(row.id)), fields: ["id"] });
      const known = new Set(there.map((row) => row.id));
      const fresh = written.filter((row) => !known.has(row.id));
      // By upsert, so that a request that was sent twice writes each row once.
      if (fresh.length > 0) await marks.around(schema.name, () => table.upsert(fresh));
    },

    async replace({ rows, filter }) {
      const written = toMilvusRows(rows, schema);
      const kept = new Set(rows.map((row) => columnValue(row.id)));
      await marks.around(schema.name, async () => {
        // First what goes: between the two a document is missing, which a second run sees, rather than a mixture.
        await table.remove((await idsOf(filter)).filter((id) => !kept.has(id)));
        await table.upsert(written);
      });
    },

    async remove(filter) {
      const ids = await idsOf(filter);
      if (ids.length > 0) await marks.around(schema.name, () => table.remove(ids));
      return ids.length;
    },

    async *scan({ filter, columns, vectors }) {
      const expression = filter === undefined || filterExpression(filter);
      if (expression === false) return;
      const vector = vectors ? schema.vector?.column : undefined;
      const fields = [...outputFields(columns), ...(vector === undefined ? [] : [vector])];
      for await (const page of table.pages({ expression: expressionOrAll(expression), fields })) {
        yield page.map((row) => readScannedRow(row, { columns, vector }));
      }
    },

    async version() {
      // The number of rows tells of a write that was cut off before its second mark.
      return `${await marks.read(schema.name)} ${await table.count()}`;
    },

    async searchTerms(request) {
      const data = analyzedTerms(request.query);
      if (schema.terms === undefined || data === "") return [];
      return search(request, { field: ownFields.sparse, data, metric: "BM25" });
    },

    async searchVector(request) {
      const { vector, top } = request;
      const { column, dimension } = schema.vector ?? { column: "", dimension: 0 };
      const exact = request.exact ?? schema.vector?.exact ?? false;
      checkVector({ vector, dimension, owner: "the query" });
      const indexType = await table.indexType(column, { fresh: exact });
      if (exact && indexType !== "FLAT") return searchByScan(collection, request);
      const params = searchParameters(indexType, top);
      return search(request, { field: column, data: Array.from(vector), metric: "COSINE", params });
    },

    async optimize() {
      await table.flush();
      const { vector } = schema;
      if (!vector || vector.exact || (await table.count()) <= graphAbove) return;
      await table.compareByGraph(vector.column);
    },
  };
  return collection;
}

/** Milvus searches an indexed column by its index alone, so that an exact search reads all vectors. */
async function searchByScan(
  collection: Collection,
  request: Parameters<Collection["searchVector"]>[0],
): Promise<ScoredRow[]> {
  const { vector: query, top, columns, filter } = request;
  const length = Math.hypot(...query);
  let best: ScoredRow[] = [];
  for await (const batch of collection.scan({ columns, vectors: true, ...(filter ? { filter } : {}) })) {
    const scored = batch.map(({ row, vector = new Float32Array() }) => {
      let [product, square] = [0, 0];
      for (const [index, value] of vector.entries()) {
        product += value * (query[index] ?? 0);
        square += value * value;
      }
      return { row, score: product / (length * Math.sqrt(square) || 1) };
    });
    best = [...best, ...scored].sort(byScoreThenId).slice(0, top);
  }
  return best;
}

/** An expression that stands for itself, or none where all rows fit. */
function expressionOrAll(expression: string | true): string | undefined {
  return expression === true ? undefined : expression;
}
