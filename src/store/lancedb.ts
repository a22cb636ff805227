import { createRequire } from "node:module";
import type * as Lance from "@lancedb/lancedb";
import type * as Arrow from "apache-arrow";
import { MedRoundsError } from "#contracts";
import type {
  Collection,
  CollectionSchema,
  Filter,
  Row,
  ScannedRow,
  ScoredRow,
  Store,
  TextRow,
} from "./collection.ts";
import { withLanceErrors } from "./lance-error.ts";
import { filterToSql } from "./sql.ts";

const termIndexName = "terms";

/** Opens collections in a folder by LanceDB. The native library is loaded here, at the first call, not before. */
export async function openLanceStore(folder: string): Promise<Store> {
  process.env.LANCEDB_LOG ??= "error";
  const require = createRequire(import.meta.url);
  const lance = require("@lancedb/lancedb") as typeof Lance;
  // The tables must be made by the same copy of Apache Arrow that LanceDB loads.
  const arrow = createRequire(require.resolve("@lancedb/lancedb"))("apache-arrow") as typeof Arrow;
  const connection = await lance.connect(folder, { readConsistencyInterval: 0 });
  return {
    open: (schema, { create = true } = {}) =>
      withLanceErrors(async () => {
        const arrowSchema = makeArrowSchema(arrow, schema);
        const table = create
          ? await connection.createEmptyTable(schema.name, arrowSchema, { mode: "create", existOk: true })
          : await connection.openTable(schema.name);
        return tellLanceErrors(new LanceCollection({ lance, arrow, table, schema, arrowSchema }));
      }),
    close: () => connection.close(),
  };
}

function makeArrowSchema(arrow: typeof Arrow, { text, terms, vector }: CollectionSchema): Arrow.Schema {
  const fields = ["id", ...text, ...(terms ? [terms] : [])].map(
    (name) => new arrow.Field(name, new arrow.Utf8(), false),
  );
  if (vector) {
    const item = new arrow.Field("item", new arrow.Float32(), true);
    const list = new arrow.FixedSizeList(vector.dimension, item);
    fields.push(new arrow.Field(vector.column, list, false) as never);
  }
  return new arrow.Schema(fields);
}

type Parts = {
  lance: typeof Lance;
  arrow: typeof Arrow;
  table: Lance.Table;
  schema: CollectionSchema;
  arrowSchema: Arrow.Schema;
};

class LanceCollection implements Collection {
  readonly #parts: Parts;
  #termIndex: Promise<boolean> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  count(filter?: Filter): Promise<number> {
    return this.#parts.table.countRows(filter && filterToSql(filter));
  }

  async find({ filter, columns }: { filter: Filter; columns: readonly string[] }): Promise<TextRow[]> {
    const query = this.#parts.table.query().where(filterToSql(filter));
    return (await query.select([...new Set(["id", ...columns])]).toArray()).map((row) =>
      textRow(row, columns),
    );
  }

  async insert(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#parts.table.mergeInsert("id").whenNotMatchedInsertAll().execute(this.#toArrow(rows));
  }

  async replace({ rows, filter }: { rows: readonly Row[]; filter: Filter }): Promise<void> {
    await this.#parts.table
      .mergeInsert("id")
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .whenNotMatchedBySourceDelete({ where: filterToSql(filter) })
      .execute(this.#toArrow(rows));
  }

  async remove(filter: Filter): Promise<number> {
    const { numDeletedRows } = await this.#parts.table.delete(filterToSql(filter));
    return numDeletedRows;
  }

  async *scan({ filter, columns, vectors }: Parameters<Collection["scan"]>[0]): AsyncGenerator<ScannedRow[]> {
    const { table, schema } = this.#parts;
    let query = table.query();
    if (filter) query = query.where(filterToSql(filter));
    const column = vectors ? schema.vector?.column : undefined;
    const selected = [...new Set(["id", ...columns, ...(column ? [column] : [])])];
    for await (const batch of query.select(selected)) {
      yield batch.toArray().map((row) => ({
        row: textRow(row, columns),
        ...(column ? { vector: Float32Array.from(row[column]) } : {}),
      }));
    }
  }

  async version(): Promise<string> {
    return String(await this.#parts.table.version());
  }

  async searchTerms(request: Parameters<Collection["searchTerms"]>[0]): Promise<ScoredRow[]> {
    const { lance, table, schema } = this.#parts;
    if (!(await this.#ensureTermIndex())) return [];
    const match = new lance.MatchQuery(request.query, schema.terms ?? "");
    let query = table.search(match, "fts") as Lance.Query;
    if (request.filter) query = query.where(filterToSql(request.filter));
    const rows = await query
      .select(["id", ...request.columns, "_score"])
      .limit(request.top)
      .toArray();
    return rows.map((row) => ({ row: textRow(row, request.columns), score: Number(row._score) }));
  }

  async searchVector(request: Parameters<Collection["searchVector"]>[0]): Promise<ScoredRow[]> {
    const { table, schema } = this.#parts;
    this.#checkVector(request.vector, "the query");
    const column = schema.vector?.column ?? "";
    let query = table
      .vectorSearch(Array.from(request.vector))
      .column(column)
      .distanceType("cosine")
      .bypassVectorIndex();
    if (request.filter) query = query.where(filterToSql(request.filter));
    const rows = await query
      .select(["id", ...request.columns, "_distance"])
      .limit(request.top)
      .toArray();
    return rows.map((row) => ({ row: textRow(row, request.columns), score: 1 - Number(row._distance) }));
  }

  async optimize(): Promise<void> {
    const { lance, table, schema } = this.#parts;
    if ((await table.countRows()) === 0) return;
    await this.#ensureTermIndex();
    const indexed = new Set((await table.listIndices()).flatMap((index) => index.columns));
    for (const key of ["id", ...schema.keys]) {
      if (!indexed.has(key)) await table.createIndex(key, { config: lance.Index.btree() });
    }
    await table.optimize({ cleanupOlderThan: new Date(Date.now() - 3_600_000) });
  }

  /** Whether there is a term index now; an empty collection has none. Searches at the same time build one index. */
  #ensureTermIndex(): Promise<boolean> {
    this.#termIndex ??= this.#buildTermIndex().then(
      (built) => {
        if (!built) this.#termIndex = undefined;
        return built;
      },
      (error: unknown) => {
        this.#termIndex = undefined;
        throw error;
      },
    );
    return this.#termIndex;
  }

  async #buildTermIndex(): Promise<boolean> {
    const { lance, table, schema } = this.#parts;
    if (schema.terms === undefined || (await table.countRows()) === 0) return false;
    const indices = await table.listIndices();
    if (indices.some((index) => index.name === termIndexName)) return true;
    const config = lance.Index.fts({
      withPosition: false,
      stem: true,
      removeStopWords: true,
      asciiFolding: true,
      language: "English",
    });
    await table.createIndex(schema.terms, { config, name: termIndexName });
    return true;
  }

  #toArrow(rows: readonly Row[]): Arrow.Table {
    const { arrow, arrowSchema, schema } = this.#parts;
    const vectors: Record<string, Arrow.Vector> = {};
    for (const { name } of arrowSchema.fields) {
      if (name === schema.vector?.column) continue;
      vectors[name] = arrow.vectorFromArray(
        rows.map((row) => row[name] as string),
        new arrow.Utf8(),
      );
    }
    if (schema.vector) vectors[schema.vector.column] = this.#vectorColumn(rows, schema.vector);
    return new arrow.Table(arrowSchema, vectors);
  }

  #vectorColumn(
    rows: readonly Row[],
    { column, dimension }: { column: string; dimension: number },
  ): Arrow.Vector {
    const { arrow, arrowSchema } = this.#parts;
    const values = new Float32Array(rows.length * dimension);
    rows.forEach((row, index) => {
      const vector = row[column] as Float32Array;
      this.#checkVector(vector, row.id);
      values.set(vector, index * dimension);
    });
    const type = arrowSchema.fields.find((field) => field.name === column)?.type as Arrow.FixedSizeList;
    const child = arrow.makeData({ type: new arrow.Float32(), data: values });
    return arrow.makeVector(arrow.makeData({ type, length: rows.length, child }));
  }

  /** LanceDB takes vectors of the wrong length in silence, so they are checked here. */
  #checkVector(vector: Float32Array, owner: string): void {
    const dimension = this.#parts.schema.vector?.dimension ?? 0;
    if (vector.length === dimension && vector.every(Number.isFinite)) return;
    throw new MedRoundsError(
      "vector-invalid",
      `The vector of ${owner} is not finite or has the wrong length.`,
      {
        expected: dimension,
        found: vector.length,
      },
    );
  }
}

/** The collection, with errors of the disk told as such. */
function tellLanceErrors(collection: Collection): Collection {
  return {
    count: (filter) => withLanceErrors(() => collection.count(filter)),
    find: (request) => withLanceErrors(() => collection.find(request)),
    insert: (rows) => withLanceErrors(() => collection.insert(rows)),
    replace: (request) => withLanceErrors(() => collection.replace(request)),
    remove: (filter) => withLanceErrors(() => collection.remove(filter)),
    scan: (request) => collection.scan(request),
    version: () => withLanceErrors(() => collection.version()),
    searchTerms: (request) => withLanceErrors(() => collection.searchTerms(request)),
    searchVector: (request) => withLanceErrors(() => collection.searchVector(request)),
    optimize: () => withLanceErrors(() => collection.optimize()),
  };
}

function textRow(row: Record<string, unknown>, columns: readonly string[]): TextRow {
  const result: TextRow = { id: String(row.id) };
  for (const column of columns) result[column] = String(row[column]);
  return result;
}
