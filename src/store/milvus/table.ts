import { MedRoundsError } from "#contracts";
import type { CollectionSchema } from "../collection.ts";
import type { MilvusConnection } from "./client.ts";
import { quoteStored } from "./filter-expression.ts";
import { buildGraph, describeIndexes, load, makeReady } from "./indexes.ts";
import { isRefusal } from "./milvus-error.ts";
import type { MilvusRow } from "./rows.ts";
import { milvusFields, milvusIndexes } from "./schema.ts";

/** What a search or a page of Milvus gives at most: https://milvus.io/docs/limitations.md. */
const mostHits = 16_384;
const idsAtOnce = 1_000;
/** Codes of Milvus: pkg/util/merr in its source. */
const [notLoaded, rateLimited] = [101, 8];
/** In milliseconds: the time in which the change of an index, which unloads a collection, is most likely done. */
const reloadWait = 1_000;
/** In milliseconds. */
const indexTypesKept = 10_000;

type Found = Readonly<Record<string, unknown>>;

/** A collection of Milvus, loaded, in the words of its client. Reads see every write that was answered before. */
export type MilvusTable = {
  count(expression?: string): Promise<number>;
  /** All rows that fit, a page at a time, in the order of their ids. */
  pages(request: { expression: string | undefined; fields: readonly string[] }): AsyncIterable<Found[]>;
  /** Rows by their ids as they stand in the column. */
  rowsOf(request: { ids: readonly string[]; fields: readonly string[] }): Promise<Found[]>;
  /** Writes rows in one request, each in the place of one with its id. */
  upsert(rows: readonly MilvusRow[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Best first; at most 16,384. */
  search(request: {
    field: string;
    data: string | number[];
    metric: "COSINE" | "BM25";
    top: number;
    expression: string | undefined;
    fields: readonly string[];
    params?: Record<string, number>;
  }): Promise<Found[]>;
  /** Gives a column of vectors an index that is a graph; the collection can't be read until it is there. */
  compareByGraph(column: string): Promise<void>;
  /** The type of a column's index; not `fresh`, it may be that of some seconds ago. */
  indexType(column: string, options: { fresh: boolean }): Promise<string>;
  flush(): Promise<void>;
};

/**
 * Opens a collection of Milvus, and makes it where there is none unless `create` is false: then it throws `library-unreadable`.
 * What a command that was killed here left undone is done.
 */
export async function openTable(request: {
  connection: MilvusConnection;
  name: string;
  schema: CollectionSchema;
  create: boolean;
}): Promise<MilvusTable> {
  const { connection, name: collection_name, schema, create } = request;
  const { run } = connection;
  const { value: isThere } = await run((client) => client.hasCollection({ collection_name }));
  if (!isThere) {
    if (!create) {
      const message = `There is no collection ${collection_name} on the Milvus server.`;
      throw new MedRoundsError("library-unreadable", message, { collection: collection_name });
    }
    await run((client) =>
      client.createCollection({
        collection_name,
        ...milvusFields(schema),
        consistency_level: "Strong",
        // A request is one transaction where all of it goes to one shard.
        shards_num: 1,
      }),
    );
  }
  await makeReady(connection, { collection_name, indexes: milvusIndexes(schema) });
  return createTable(connection, collection_name);
}

function createTable(connection: MilvusConnection, collection_name: string): MilvusTable {
  const strong = { collection_name, consistency_level: connection.sdk.ConsistencyLevelEnum.Strong };
  /** A server that was started again may not have loaded the collection, and a change of the index unloads it for a while. */
  const read: MilvusConnection["run"] = async (request) => {
    try {
      return await connection.run(request);
    } catch (error) {
      if (!isRefusal(error, notLoaded)) throw error;
      await new Promise((resolve) => setTimeout(resolve, reloadWait));
      await load(connection, collection_name);
      return connection.run(request);
    }
  };
  let indexes: { types: ReadonlyMap<string, string>; until: number } = { types: new Map(), until: 0 };
  const query = async (expr: string, options: { fields: readonly string[]; limit?: number }) => {
    const { fields, limit } = options;
    // Milvus Lite gives pages in the order of their ids to an iterator alone.
    const page = limit === undefined ? {} : { limit, params: { iterator: "true" } };
    const { data } = await read((client) =>
      client.query({ ...strong, expr, output_fields: [...fields], ...page }),
    );
    return data;
  };
  return {
    async count(expression) {
      const { data } = await read((client) => client.count({ ...strong, expr: expression ?? "" }));
      return Number(data);
    },

    async *pages({ expression, fields }) {
      const limit = fields.length === 1 ? mostHits : 2_000;
      for (let last: string | undefined; ; ) {
        const conditions = [
          ...(expression ? [`(${expression})`] : []),
          ...(last === undefined ? [] : [`id > ${quoteStored(last)}`]),
        ];
        const page = await query(conditions.join(" and "), { fields, limit });
        if (page.length > 0) yield page;
        if (page.length < limit) return;
        last = String(page.at(-1)?.id);
      }
    },

    async rowsOf({ ids, fields }) {
      const found: Found[] = [];
      for (const some of chunks(ids)) found.push(...(await query(idIn(some), { fields })));
      return found;
    },

    async upsert(rows) {
      if (rows.length === 0) return;
      await connection.run((client) => client.upsert({ collection_name, data: [...rows] }));
    },

    async remove(ids) {
      for (const some of chunks(ids)) {
        await connection.run((client) => client.delete({ collection_name, filter: idIn(some) }));
      }
    },

    async search({ field, data, metric, top, expression, fields, params = {} }) {
      const { results } = await read((client) =>
        client.search({
          ...strong,
          anns_field: field,
          data,
          metric_type: metric,
          limit: Math.min(top, mostHits),
          output_fields: [...fields],
          params,
          ...(expression ? { filter: expression } : {}),
        }),
      );
      return results;
    },

    async compareByGraph(column) {
      await buildGraph(connection, { collection_name, column });
      indexes.until = 0;
    },

    async indexType(column, { fresh }) {
      if (fresh || Date.now() > indexes.until) {
        const types = await read((client) => describeIndexes(client, collection_name));
        indexes = { types, until: Date.now() + indexTypesKept };
      }
      return indexes.types.get(column) ?? "FLAT";
    },

    async flush() {
      try {
        await connection.run((client) => client.flushSync({ collection_names: [collection_name] }));
        await connection.run((client) => client.compact({ collection_name }));
      } catch (error) {
        // A cluster flushes by itself, and takes few requests to.
        if (!isRefusal(error, rateLimited)) throw error;
      }
    },
  };
}

function idIn(ids: readonly string[]): string {
  return `id in [${ids.map(quoteStored).join(",")}]`;
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / idsAtOnce) }, (_, n) =>
    items.slice(n * idsAtOnce, (n + 1) * idsAtOnce),
  );
}
