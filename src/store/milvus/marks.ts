import { randomUUID } from "node:crypto";
import type { CollectionSchema } from "../collection.ts";
import type { MilvusConnection } from "./client.ts";
import { ownFields } from "./schema.ts";
import { openTable } from "./table.ts";

/**
 * Marks of the writes to the collections of a library, since Milvus doesn't tell whether a collection has changed. They lie in a
 * collection of their own, a row for each.
 */
export type WriteMarks = {
  /** Does a write between two new marks: who reads the mark while the write is under way reads another one after it. */
  around<Result>(collection: string, write: () => Promise<Result>): Promise<Result>;
  read(collection: string): Promise<string>;
};

// Milvus has no collection without vectors.
const schema: CollectionSchema = {
  name: "marks",
  text: ["mark"],
  keys: [],
  vector: { column: "unused", dimension: 2 },
};

export async function openWriteMarks(connection: MilvusConnection, prefix: string): Promise<WriteMarks> {
  const table = await openTable({ connection, name: `${prefix}_marks`, schema, create: true });
  const renew = (id: string) =>
    table.upsert([{ id, mark: randomUUID(), [ownFields.overflow]: [], unused: [1, 0] }]);
  return {
    async around(collection, write) {
      await renew(collection);
      const result = await write();
      await renew(collection);
      return result;
    },
    async read(collection) {
      const [row] = await table.rowsOf({ ids: [collection], fields: ["mark"] });
      return String(row?.mark ?? "none");
    },
  };
}
