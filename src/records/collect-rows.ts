import type { RecordLimits } from "./limits.ts";
import { type Cell, readCell } from "./read-cell.ts";

/** What a query gave. */
export type Rows = { columns: string[]; rows: Cell[][]; truncated: boolean };

/** The first rows of a query, as many as the limits let through; no more than one beyond them is read. */
export async function collectRows(
  names: readonly string[],
  source: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
  limits: RecordLimits,
): Promise<Rows> {
  const columns = names.slice(0, limits.columns).map((name) => String(readCell(name, 200)));
  // So that the first row fits always.
  const most = Math.min(limits.cell, Math.floor(limits.characters / (columns.length + 1)));
  const rows: Cell[][] = [];
  let left = limits.characters;
  for await (const values of source) {
    const row = values.slice(0, limits.columns).map((value) => readCell(value, most));
    left -= row.reduce<number>((sum, cell) => sum + String(cell).length + 1, 0);
    if (rows.length === limits.rows || (left < 0 && rows.length > 0))
      return { columns, rows, truncated: true };
    rows.push(row);
  }
  return { columns, rows, truncated: names.length > limits.columns };
}
