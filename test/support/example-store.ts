import { MedRoundsError } from "#contracts";
import type { Collection, CollectionSchema, Filter, Row, ScoredRow } from "../../src/store/collection.ts";
import { byScoreThenId } from "../../src/store/ranking.ts";
import { termOf, tokensOf } from "../../src/store/serving/analyze.ts";
import type { StoreKind } from "../../src/store/store-kind.ts";

const folders = new Map<string, Map<string, Collection>>();

/** Rows in the memory of this process, by folder: an example of a store, and no more. */
export const memory: StoreKind = {
  schemes: ["memory"],
  async open({ folder }) {
    const collections = folders.get(folder) ?? new Map<string, Collection>();
    folders.set(folder, collections);
    return {
      async open(schema) {
        const collection = collections.get(schema.name) ?? createCollection(schema);
        collections.set(schema.name, collection);
        return collection;
      },
      close() {},
    };
  },
};

function createCollection(schema: CollectionSchema): Collection {
  let rows = new Map<string, Row>();
  let writes = 0;
  const fitting = (filter?: Filter) => [...rows.values()].filter((row) => !filter || fits(row, filter));
  const pick = (row: Row, columns: readonly string[]) =>
    Object.fromEntries(["id", ...columns].map((column) => [column, String(row[column])])) as ScoredRow["row"];
  const best = (
    scored: readonly { row: Row; score: number }[],
    { top, columns }: { top: number; columns: readonly string[] },
  ) =>
    scored
      .map(({ row, score }) => ({ row: pick(row, columns), score }))
      .sort(byScoreThenId)
      .slice(0, top);
  const checkVector = (vector: unknown) => {
    if (!schema.vector) return;
    const numbers = vector as Float32Array;
    if (numbers.length === schema.vector.dimension && numbers.every(Number.isFinite)) return;
    throw new MedRoundsError("vector-invalid", "The vector is not finite or has the wrong length.");
  };
  /** One step: what is there after it takes the place of what was there before. */
  const commit = (after: readonly Row[]) => {
    for (const row of after) checkVector(row[schema.vector?.column ?? ""]);
    rows = new Map(after.map((row) => [row.id, row]));
    writes++;
  };
  return {
    count: async (filter) => fitting(filter).length,
    find: async ({ filter, columns }) => fitting(filter).map((row) => pick(row, columns)),
    insert: async (added) => commit([...added, ...rows.values()]),
    replace: async ({ rows: added, filter }) =>
      commit([...[...rows.values()].filter((row) => !fits(row, filter)), ...added]),
    async remove(filter) {
      const before = rows.size;
      commit([...rows.values()].filter((row) => !fits(row, filter)));
      return before - rows.size;
    },
    async *scan({ filter, columns, vectors }) {
      const column = vectors ? schema.vector?.column : undefined;
      yield fitting(filter).map((row) => ({
        row: pick(row, columns),
        ...(column ? { vector: row[column] as Float32Array } : {}),
      }));
    },
    version: async () => String(writes),
    async searchTerms({ query, filter, ...wanted }) {
      const texts = new Map([...rows].map(([id, row]) => [id, terms(String(row[schema.terms ?? ""]))]));
      const meanLength = [...texts.values()].flat().length / texts.size;
      const scored = fitting(filter).map((row) => {
        const text = texts.get(row.id) ?? [];
        const score = terms(query).reduce((sum, term) => {
          const frequency = text.filter((other) => other === term).length;
          const holding = [...texts.values()].filter((other) => other.includes(term)).length;
          const rarity = Math.log(1 + (texts.size - holding + 0.5) / (holding + 0.5));
          const length = 0.25 + (0.75 * text.length) / meanLength;
          return sum + (rarity * frequency * 2.2) / (frequency + 1.2 * length);
        }, 0);
        return { row, score };
      });
      return best(
        scored.filter(({ score }) => score > 0),
        wanted,
      );
    },
    async searchVector({ vector, filter, ...wanted }) {
      checkVector(vector);
      const scored = fitting(filter).map((row) => {
        const other = row[schema.vector?.column ?? ""] as Float32Array;
        return { row, score: dot(vector, other) / Math.sqrt(dot(vector, vector) * dot(other, other)) };
      });
      return best(scored, wanted);
    },
    async optimize() {},
  };
}

function terms(text: string): string[] {
  return tokensOf(text)
    .map(termOf)
    .filter((term) => term !== undefined);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function fits(row: Row, filter: Filter): boolean {
  switch (filter.type) {
    case "equals":
      return row[filter.column] === filter.value;
    case "one-of":
      return filter.values.includes(String(row[filter.column]));
    case "not":
      return !fits(row, filter.filter);
    case "all":
      return filter.filters.every((part) => fits(row, part));
    case "any":
      return filter.filters.some((part) => fits(row, part));
  }
}
