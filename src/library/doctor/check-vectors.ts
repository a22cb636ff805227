import type { Collection } from "#store";
import type { TextVectors } from "../library.ts";
import { amongIds, inBatches } from "./batches.ts";
import type { ProblemList } from "./problems.ts";

const lengthTolerance = 0.01;

/** Reads every vector that an embedder made of the passages, in constant memory: its numbers, its length, and its passage. */
export async function checkVectors(request: {
  vectors: TextVectors;
  passages: Collection;
  problems: ProblemList;
}): Promise<void> {
  const { vectors, passages, problems } = request;
  const { id: where, dimension } = vectors.embedder;
  for await (const rows of inBatches(vectors.collection.scan({ columns: [], vectors: true }))) {
    const ids = rows.map(({ row }) => row.id);
    const known = new Set((await passages.find({ filter: amongIds(ids), columns: [] })).map(({ id }) => id));
    for (const { row, vector } of rows) {
      if (!known.has(row.id)) problems.note("vectors-without-passage", row.id, { where });
      if (!isUnitVector(vector, dimension)) problems.note("text-vector-invalid", row.id, { where });
    }
  }
}

function isUnitVector(vector: Float32Array | undefined, dimension: number): boolean {
  if (vector?.length !== dimension) return false;
  let squares = 0;
  for (const number of vector) squares += number * number;
  return Math.abs(Math.sqrt(squares) - 1) < lengthTolerance;
}
