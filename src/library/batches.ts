import type { Collection, Filter } from "#store";

export type ScannedRow = Collection extends { scan(request: never): AsyncIterable<readonly (infer Row)[]> }
  ? Row
  : never;

/** A scan in batches of one size, whatever sizes the store gives. */
export async function* inBatches(
  scan: AsyncIterable<readonly ScannedRow[]>,
  size = 2_000,
): AsyncGenerator<ScannedRow[]> {
  let batch: ScannedRow[] = [];
  for await (const rows of scan) {
    for (const row of rows) {
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

export function amongIds(values: readonly string[]): Filter {
  return { type: "one-of", column: "id", values };
}
