import { MedRoundsError } from "#contracts";
import { checkVector } from "../check-vector.ts";
import type { CollectionSchema, Row, ScannedRow, TextRow } from "../collection.ts";
import { analyzedTerms } from "./analyzed-terms.ts";
import { columnValue, fits, overflowPieces, readOverflow } from "./long-text.ts";
import { ownFields } from "./schema.ts";

/** A row as Milvus takes and gives it. */
export type MilvusRow = { [field: string]: string | string[] | number[] };

/** What a request may carry: below the 256 MB of gRPC that Milvus and Milvus Lite take (proxy.grpc.serverMaxRecvSize). */
const largestRequest = 200_000_000;

/** Rows as Milvus takes them. Throws `vector-invalid` and `store-text-too-long`. */
export function toMilvusRows(rows: readonly Row[], schema: CollectionSchema): MilvusRow[] {
  let bytes = 0;
  return rows.map((row) => {
    const written = toMilvusRow(row, schema);
    bytes += Object.values(written).reduce((sum, value) => sum + bytesOf(value), 0);
    // A part of a batch must not be there without the rest, so that it is one request or none.
    if (bytes > largestRequest) throw tooLong("What is written at once is more than Milvus takes.", row.id);
    return written;
  });
}

function toMilvusRow(row: Row, { text, terms, vector }: CollectionSchema): MilvusRow {
  const columns = ["id", ...text, ...(terms === undefined ? [] : [terms])];
  const texts = Object.fromEntries(columns.map((column) => [column, row[column] as string]));
  const written: MilvusRow = { [ownFields.overflow]: overflowPieces(texts) };
  for (const [column, value] of Object.entries(texts)) written[column] = columnValue(value);
  if (terms !== undefined) {
    const analyzed = analyzedTerms(row[terms] as string);
    if (!fits(analyzed)) throw tooLong("A text has more terms than Milvus can search in one row.", row.id);
    written[ownFields.analyzed] = analyzed;
  }
  if (vector) {
    const numbers = row[vector.column] as Float32Array;
    checkVector({ vector: numbers, dimension: vector.dimension, owner: row.id });
    written[vector.column] = Array.from(numbers);
  }
  return written;
}

/** The fields to ask for so that `readRow` can give these columns. */
export function outputFields(columns: readonly string[]): string[] {
  return [...new Set(["id", ...columns, ownFields.overflow])];
}

/** A row as the collection gives it, with its long texts whole. */
export function readRow(found: Readonly<Record<string, unknown>>, columns: readonly string[]): TextRow {
  const long = readOverflow((found[ownFields.overflow] ?? []) as string[]);
  const row: TextRow = { id: long.id ?? String(found.id) };
  for (const column of columns) row[column] = long[column] ?? String(found[column]);
  return row;
}

/** A row of a scan, with its vector where `vector` names the column. */
export function readScannedRow(
  found: Readonly<Record<string, unknown>>,
  { columns, vector }: { columns: readonly string[]; vector: string | undefined },
): ScannedRow {
  const row = readRow(found, columns);
  return vector === undefined ? { row } : { row, vector: Float32Array.from(found[vector] as number[]) };
}

function bytesOf(value: string | string[] | number[]): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  return value.reduce<number>(
    (sum, part) => sum + (typeof part === "string" ? Buffer.byteLength(part) : 4),
    0,
  );
}

function tooLong(message: string, id: string): MedRoundsError {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id;
  return new MedRoundsError("store-text-too-long", message, { id: shown });
}
