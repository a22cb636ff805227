import type { RowPlace } from "./address.ts";
import type { Flips } from "./find-flips.ts";

/** What a sample's panel goes through: the rows of the list behind it. */
export type Walk = { length: number; at(place: number): RowPlace | undefined; find(place: RowPlace): number };

export function walkRows(rows: Int32Array): Walk {
  return {
    length: rows.length,
    at: (place) => (rows[place] === undefined ? undefined : { row: rows[place], beside: null }),
    find: ({ row }) => rows.indexOf(row),
  };
}

export function walkFlips({ gained, lost, changed }: Flips): Walk {
  const all = [...gained, ...lost, ...changed].map(({ first, second }) => ({ row: first, beside: second }));
  return {
    length: all.length,
    at: (place) => all[place],
    find: ({ row, beside }) => all.findIndex((one) => one.row === row && one.beside === beside),
  };
}
