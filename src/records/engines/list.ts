import { duckdb } from "./duckdb.ts";
import type { EngineKind } from "./engine.ts";
import { sqlite } from "./sqlite.ts";

/** Every kind of database, by name. */
export const engines: Record<EngineKind["name"], EngineKind> = { sqlite, duckdb };
