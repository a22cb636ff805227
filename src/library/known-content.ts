import type { Collection } from "#store";

export type Keyed = { key: string; contentHash: string };

/**
 * Tells of each item whether the library has it: `new`; `unchanged`, when the same content is there under any key; or
 * `changed`, when its key is there with other content. Items of one batch are compared among each other too.
 */
export async function compareWithLibrary<Item extends Keyed>(request: {
  collection: Collection;
  keyColumn: string;
  items: readonly Item[];
}): Promise<{ item: Item; state: "new" | "unchanged" | "changed" }[]> {
  const { collection, keyColumn, items } = request;
  const rows = await collection.find({
    filter: {
      type: "any",
      filters: [
        { type: "one-of", column: "contentHash", values: items.map((item) => item.contentHash) },
        { type: "one-of", column: keyColumn, values: items.map((item) => item.key) },
      ],
    },
    columns: [keyColumn, "contentHash"],
  });
  const keys = new Set(rows.map((row) => row[keyColumn]));
  const contents = new Set(rows.map((row) => row.contentHash));
  return items.map((item) => {
    const state = contents.has(item.contentHash) ? "unchanged" : keys.has(item.key) ? "changed" : "new";
    keys.add(item.key);
    contents.add(item.contentHash);
    return { item, state };
  });
}
