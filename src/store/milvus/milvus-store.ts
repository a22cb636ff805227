import type { Store } from "../collection.ts";
import { connectMilvus, type MilvusLimits } from "./client.ts";
import { parseMilvusLocation } from "./location.ts";
import { openWriteMarks, type WriteMarks } from "./marks.ts";
import { createMilvusCollection } from "./milvus-collection.ts";
import { openTable } from "./table.ts";

/** Above this many rows, vectors are searched by a graph; below it each is compared, which a node of Milvus does in milliseconds. */
const defaultGraphAbove = 100_000;

/**
 * Opens the collections of a library on a Milvus server at `milvus://host:port/[database/]prefix`. Throws `store-invalid`,
 * `store-client-missing`, `store-unreachable` and `store-refused`; so may every operation, save the first two.
 *
 * A call to `insert` is one request, which Milvus takes whole or not at all. `replace` and `remove` are several: one that is cut
 * off has removed some of the rows, and done again does the rest.
 */
export async function openMilvusStore(request: {
  location: string;
  token?: string;
  limits?: Partial<MilvusLimits>;
  graphAbove?: number;
}): Promise<Store> {
  const { token, limits, graphAbove = defaultGraphAbove } = request;
  const location = parseMilvusLocation(request.location);
  const { prefix } = location;
  const connection = await connectMilvus({
    location,
    ...(token ? { token } : {}),
    ...(limits ? { limits } : {}),
  });
  let marks: Promise<WriteMarks> | undefined;
  return {
    async open(schema, { create = true } = {}) {
      const name = `${prefix}_${schema.name}`;
      const table = await openTable({ connection, name, schema, create });
      marks ??= openWriteMarks(connection, prefix);
      return createMilvusCollection({ table, marks: await marks, schema, graphAbove });
    },
    close: connection.close,
  };
}
