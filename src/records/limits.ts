/** Bounds of one query. Characters are UTF-16 code units. */
export type RecordLimits = {
  /** Rows that are given; whether there were more is told. */
  rows: number;
  columns: number;
  /** Characters of one cell, and of a query. */
  cell: number;
  query: number;
  /** Characters of all cells together. */
  characters: number;
  /** After this time the query is ended, and the process that ran it with it. */
  milliseconds: number;
  /** What a database's engine may hold in memory. */
  megabytes: number;
};

export const defaultRecordLimits: RecordLimits = {
  rows: 100,
  columns: 200,
  cell: 1_000,
  query: 20_000,
  characters: 32_000,
  milliseconds: 5_000,
  megabytes: 256,
};
