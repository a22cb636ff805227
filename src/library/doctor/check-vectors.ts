import type { Collection } from "#store";
import { amongIds, inBatches } from "../batches.ts";
import type { TextVectors } from "../library.ts";
import type { ProblemList } from "./problems.ts";

const lengthTolerance = 0.01;

const kindsOf = {
  passages: { invalid: "text-vector-invalid", orphan: "vectors-without-passage" },
  cases: { invalid: "image-vector-invalid", orphan: "vectors-without-case" },
} as const;

/** Reads every vector that an embedder made of passages or cases, in constant memory: its numbers, its length, and what it is of. */
export async function checkVectors(request: {
  vectors: TextVectors;
  /** What the vectors are of. */
  of: keyof typeof kindsOf;
  items: Collection;
  problems: ProblemList;
}): Promise<void> {
  const { vectors, of, items, problems } = request;
  const { invalid, orphan } = kindsOf[of];
  const { id: where, dimension } = vectors.embedder;
  for await (const rows of inBatches(vectors.collection.scan({ columns: [], vectors: true }))) {
    const ids = rows.map(({ row }) => row.id);
    const known = new Set((await items.find({ filter: amongIds(ids), columns: [] })).map(({ id }) => id));
    for (const { row, vector } of rows) {
      if (!known.has(row.id)) problems.note(orphan, row.id, { where });
      if (!isUnitVector(vector, dimension)) problems.note(invalid, row.id, { where });
    }
  }
}

function isUnitVector(vector: Float32Array | undefined, dimension: number): boolean {
  if (vector?.length !== dimension) return false;
  let squares = 0;
  for (const number of vector) squares += number * number;
  return Math.abs(Math.sqrt(squares) - 1) < lengthTolerance;
}
