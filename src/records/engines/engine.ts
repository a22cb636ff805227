import type { Rows } from "../collect-rows.ts";
import type { RecordLimits } from "../limits.ts";

/** A table or a view. `rows` is how many it holds, or with `moreRows` how many were counted before the count was given up. */
export type TableFacts = {
  name: string;
  columns: readonly { name: string; type: string }[];
  rows: number;
  moreRows: boolean;
};

/** An opened database, which can only be read. */
export type Engine = {
  tables(): Promise<TableFacts[]>;
  /** Runs one statement that reads. Throws a `QueryRefusal` for any other, and with the database's words where it has an error. */
  query(sql: string): Promise<Rows>;
};

/** A kind of database. Its code runs in a process of its own, which is ended when a query takes too long. */
export type EngineKind = {
  name: "sqlite" | "duckdb";
  /** Whether a file of this kind begins like this; 64 bytes are given. */
  begins(head: Uint8Array): boolean;
  /** Opens a file by its name in the current folder. Throws an `EngineMissing` where what it needs is not installed. */
  open(file: string, limits: RecordLimits): Promise<Engine>;
};

/** A query that is not run, or that the database refuses: what the model is told. */
export class QueryRefusal extends Error {}

/** The engine's package is not installed, or this Node has none. */
export class EngineMissing extends Error {
  readonly code: "records-client-missing" | "records-node-too-old";
  constructor(code: EngineMissing["code"]) {
    super(code);
    this.code = code;
  }
}

export const onlyReading = "Only one statement that reads is run: SELECT, WITH … SELECT or EXPLAIN.";

/** A name as it is written in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
