import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { collectRows } from "../collect-rows.ts";
import type { RecordLimits } from "../limits.ts";
import {
  type EngineKind,
  EngineMissing,
  onlyReading,
  QueryRefusal,
  quoteName,
  type TableFacts,
} from "./engine.ts";

const magic = "SQLite format 3\0";
/** Rows are counted up to here: a count reads the whole table. */
const mostCounted = 1_000_000;
/** Pragmas that only tell of tables and columns. */
const pragmas = new Set([
  "table_info",
  "table_xinfo",
  "table_list",
  "index_list",
  "index_info",
  "foreign_key_list",
]);
/** Functions of other builds that reach files or code. */
const functions = new Set(["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"]);

/**
 * SQLite by Node's own `node:sqlite`. The file is opened for reading, and an authorizer (sqlite3_set_authorizer) lets through only what
 * reads tables: no ATTACH, no other PRAGMA, no extension, no temporary table.
 */
export const sqlite: EngineKind = {
  name: "sqlite",
  begins: (head) => new TextDecoder("latin1").decode(head.subarray(0, magic.length)) === magic,
  async open(file, limits) {
    const database = await openDatabase(file, limits);
    return {
      tables: async () => listTables(database),
      query: async (sql) => runQuery(database, sql, limits),
    };
  },
};

async function openDatabase(file: string, limits: RecordLimits): Promise<DatabaseSync> {
  const module = await import("node:sqlite").catch(() => undefined);
  if (!module?.DatabaseSync.prototype.setAuthorizer) throw new EngineMissing("records-node-too-old");
  const { DatabaseSync, constants } = module;
  // Records are full of words in double quotes: old queries write texts so.
  const database = new DatabaseSync(file, {
    readOnly: true,
    enableDoubleQuotedStringLiterals: true,
    limits: { length: 16 * 1024 * 1024, sqlLength: limits.query + 1_000, attach: 0 },
  });
  database.exec("PRAGMA temp_store = MEMORY");
  const { SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE, SQLITE_FUNCTION, SQLITE_PRAGMA } = constants;
  const reading = new Set([SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE]);
  database.setAuthorizer((action, first, second) => {
    const allowed =
      reading.has(action) ||
      (action === SQLITE_FUNCTION && !functions.has((second ?? "").toLowerCase())) ||
      (action === SQLITE_PRAGMA && pragmas.has((first ?? "").toLowerCase()));
    return allowed ? constants.SQLITE_OK : constants.SQLITE_DENY;
  });
  return database;
}

async function runQuery(database: DatabaseSync, sql: string, limits: RecordLimits) {
  try {
    const statement = database.prepare(sql);
    if (!isOver(sql.slice(statement.sourceSQL.length))) throw new QueryRefusal(onlyReading);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name }) => name);
    if (columns.length === 0) throw new QueryRefusal(onlyReading);
    const rows = statement.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>;
    return await collectRows(columns, rows, limits);
  } catch (error) {
    if (error instanceof QueryRefusal) throw error;
    const said = error instanceof Error ? error.message : "";
    throw new QueryRefusal(/not authorized/.test(said) ? onlyReading : said);
  }
}

/** Whether nothing but space, comments and semicolons follows: of several statements SQLite runs the first alone, in silence. */
function isOver(rest: string): boolean {
  return /^[\s;]*$/.test(rest.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)|--[^\n]*/g, ""));
}

function listTables(database: DatabaseSync): TableFacts[] {
  const names = all(
    database,
    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
  ).map(({ name }) => String(name));
  return names.map((name) => {
    const columns = all(database, `PRAGMA table_info(${quoteName(name)})`);
    const rows = countRows(database, name);
    return {
      name,
      columns: columns.map((column) => ({ name: String(column.name), type: String(column.type) })),
      rows,
      moreRows: rows === mostCounted,
    };
  });
}

/** 0 for a view that cannot be read. */
function countRows(database: DatabaseSync, name: string): number {
  try {
    const limited = `SELECT 1 FROM ${quoteName(name)} LIMIT ${mostCounted}`;
    return Number(all(database, `SELECT count(*) AS n FROM (${limited})`)[0]?.n);
  } catch {
    return 0;
  }
}

function all(database: DatabaseSync, sql: string): Record<string, SQLOutputValue>[] {
  return database.prepare(sql).all();
}
