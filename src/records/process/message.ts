import type { Rows } from "../collect-rows.ts";
import type { EngineKind, TableFacts } from "../engines/engine.ts";
import type { RecordLimits } from "../limits.ts";

/** What the process is told when it begins: the database is a file of its folder. */
export type Opening = { engine: EngineKind["name"]; file: string; limits: RecordLimits };

export type Request = { type: "tables" } | { type: "query"; sql: string };

export type Reply =
  /** Comes first, unasked. */
  | { type: "opened" }
  | { type: "tables"; tables: TableFacts[] }
  | { type: "rows"; rows: Rows }
  /** The database's own words. */
  | { type: "refused"; message: string }
  /** The query took too much memory; the process ends after it. */
  | { type: "too-large" }
  | { type: "missing"; code: "records-client-missing" | "records-node-too-old" }
  /** The file cannot be opened. */
  | { type: "unreadable" };
