import type { Collection, Filter } from "#store";

type ScannedRow = Collection extends { scan(request: never): AsyncIterable<readonly (infer Row)[]> }
  ? Row
  : never;

const batchSize = 2_000;

/** A scan in batches of one size, whatever sizes the store gives. */
export async function* inBatches(scan: AsyncIterable<readonly ScannedRow[]>): AsyncGenerator<ScannedRow[]> {
  let batch: ScannedRow[] = [];
  for await (const rows of scan) {
    for (const row of rows) {
      batch.push(row);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

export function amongIds(values: readonly string[]): Filter {
  return { type: "one-of", column: "id", values };
}
