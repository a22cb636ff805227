import { createRequire } from "node:module";
import type * as Lance from "@lancedb/lancedb";
import type * as Arrow from "apache-arrow";
import { checkVector } from "./check-vector.ts";
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
import { scanWithLanceErrors, withLanceErrors } from "./lance-error.ts";
import { buildIndexes, buildTermIndex, rebuildIndexes, searchByIndex } from "./lance-indexes.ts";
import { arrowSchemaOf, arrowTableOf, scannedRows, textRow } from "./lance-rows.ts";
import { setLanceSettings } from "./lance-settings.ts";
import { openOldVersions } from "./lance-versions.ts";
import { rankWithTies } from "./ranking.ts";
import { filterToSql } from "./sql.ts";

/** Old versions of a table stay this long, for readers in other processes that are still at them. */
const keepVersionsFor = 3_600_000;

/** Opens collections in a folder by LanceDB. The native library is loaded here, at the first call, not before. */
export async function openLanceStore(folder: string): Promise<Store> {
  setLanceSettings();
  const require = createRequire(import.meta.url);
  const lance = require("@lancedb/lancedb") as typeof Lance;
  // The tables must be made by the same copy of Apache Arrow that LanceDB loads.
  const arrow = createRequire(require.resolve("@lancedb/lancedb"))("apache-arrow") as typeof Arrow;
  const connection = await lance.connect(folder, { readConsistencyInterval: 0 });
  return {
    open: (schema, { create = true } = {}) =>
      withLanceErrors(async () => {
        const arrowSchema = arrowSchemaOf(arrow, schema);
        const table = create
          ? await connection.createEmptyTable(schema.name, arrowSchema, { mode: "create", existOk: true })
          : await connection.openTable(schema.name);
        const reopen = () => connection.openTable(schema.name);
        return tellLanceErrors(new LanceCollection({ lance, arrow, table, reopen, schema, arrowSchema }));
      }),
    close: () => connection.close(),
  };
}

type Parts = {
  lance: typeof Lance;
  arrow: typeof Arrow;
  table: Lance.Table;
  reopen: () => Promise<Lance.Table>;
  schema: CollectionSchema;
  arrowSchema: Arrow.Schema;
};

class LanceCollection implements Collection {
  readonly #parts: Parts;
  readonly #oldVersions: ReturnType<typeof openOldVersions>;
  #termIndex: Promise<boolean> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#oldVersions = openOldVersions(parts.reopen);
  }

  count(filter?: Filter): Promise<number> {
    return this.#parts.table.countRows(filter && filterToSql(filter));
  }

  async find({ filter, columns, asOf }: Parameters<Collection["find"]>[0]): Promise<TextRow[]> {
    const table = asOf === undefined ? this.#parts.table : await this.#oldVersions.open(asOf);
    const query = table.query().where(filterToSql(filter));
    return (await query.select([...new Set(["id", ...columns])]).toArray()).map((row) =>
      textRow(row, columns),
    );
  }

  async insert(rows: readonly Row[], { areNew = false }: { areNew?: boolean } = {}): Promise<void> {
    if (rows.length === 0) return;
    const { table } = this.#parts;
    const data = arrowTableOf({ ...this.#parts, rows });
    if (areNew) await table.add(data);
    else await table.mergeInsert("id").whenNotMatchedInsertAll().execute(data);
  }

  async replace({ rows, filter }: { rows: readonly Row[]; filter: Filter }): Promise<void> {
    await this.#parts.table
      .mergeInsert("id")
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .whenNotMatchedBySourceDelete({ where: filterToSql(filter) })
      .execute(arrowTableOf({ ...this.#parts, rows }));
  }

  async remove(filter: Filter): Promise<number> {
    const { numDeletedRows } = await this.#parts.table.delete(filterToSql(filter));
    return numDeletedRows;
  }

  async *scan({ filter, columns, vectors }: Parameters<Collection["scan"]>[0]): AsyncGenerator<ScannedRow[]> {
    const { table, schema } = this.#parts;
    let query = table.query();
    if (filter) query = query.where(filterToSql(filter));
    const vectorColumn = vectors ? schema.vector?.column : undefined;
    const selected = new Set(["id", ...columns, ...(vectorColumn ? [vectorColumn] : [])]);
    for await (const batch of query.select([...selected])) {
      yield scannedRows({ batch, columns, vectorColumn });
    }
  }

  async version(): Promise<string> {
    return String(await this.#parts.table.version());
  }

  async searchTerms(request: Parameters<Collection["searchTerms"]>[0]): Promise<ScoredRow[]> {
    const { lance, table, schema } = this.#parts;
    if (!(await this.#ensureTermIndex())) return [];
    return rankWithTies(request.top, async (top) => {
      const match = new lance.MatchQuery(request.query, schema.terms ?? "");
      let query = table.search(match, "fts") as Lance.Query;
      if (request.filter) query = query.where(filterToSql(request.filter));
      const rows = await query
        .select(["id", ...request.columns, "_score"])
        .limit(top)
        .toArray();
      return rows.map((row) => ({ row: textRow(row, request.columns), score: Number(row._score) }));
    });
  }

  async searchVector(request: Parameters<Collection["searchVector"]>[0]): Promise<ScoredRow[]> {
    const { table, schema } = this.#parts;
    checkVector({ vector: request.vector, dimension: schema.vector?.dimension ?? 0, owner: "the query" });
    return rankWithTies(request.top, async (top) => {
      let query = table
        .vectorSearch(request.vector)
        .column(schema.vector?.column ?? "")
        .distanceType("cosine");
      query = (request.exact ?? schema.vector?.exact) ? query.bypassVectorIndex() : searchByIndex(query);
      if (request.filter) query = query.where(filterToSql(request.filter));
      const rows = await query
        .select(["id", ...request.columns, "_distance"])
        .limit(top)
        .toArray();
      return rows.map((row) => ({ row: textRow(row, request.columns), score: 1 - Number(row._distance) }));
    });
  }

  async optimize({ purge = false }: { purge?: boolean } = {}): Promise<void> {
    if (purge) return this.#purge();
    const { table } = this.#parts;
    if ((await table.countRows()) === 0) return;
    // An index that is built after the first compaction need not follow the rows to where that puts them.
    if ((await table.listIndices()).length === 0) await this.#compact();
    await this.#ensureTermIndex();
    await buildIndexes(this.#parts);
    await this.#compact();
  }

  async #purge(): Promise<void> {
    const { table, schema } = this.#parts;
    // Compaction leaves a fragment in which few rows were removed as it is; an update writes every row anew.
    const [column = "id"] = schema.text;
    await table.update({ where: "true", valuesSql: { [column]: `\`${column}\`` } });
    await rebuildIndexes(this.#parts);
    await this.#oldVersions.close();
    await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
  }

  async #compact(): Promise<void> {
    await this.#parts.table.optimize({ cleanupOlderThan: new Date(Date.now() - keepVersionsFor) });
  }

  /** Whether there is a term index now; an empty collection has none. Searches at the same time build one index. */
  #ensureTermIndex(): Promise<boolean> {
    this.#termIndex ??= buildTermIndex(this.#parts).then(
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
}

/** The collection, with errors of the disk told as such. */
function tellLanceErrors(collection: Collection): Collection {
  return {
    count: (filter) => withLanceErrors(() => collection.count(filter)),
    find: (request) => withLanceErrors(() => collection.find(request)),
    insert: (rows, options) => withLanceErrors(() => collection.insert(rows, options)),
    replace: (request) => withLanceErrors(() => collection.replace(request)),
    remove: (filter) => withLanceErrors(() => collection.remove(filter)),
    scan: (request) => scanWithLanceErrors(collection.scan(request)),
    version: () => withLanceErrors(() => collection.version()),
    searchTerms: (request) => withLanceErrors(() => collection.searchTerms(request)),
    searchVector: (request) => withLanceErrors(() => collection.searchVector(request)),
    optimize: (options) => withLanceErrors(() => collection.optimize(options)),
  };
}
