import type { DuckDBConnection, DuckDBPreparedStatement } from "@duckdb/node-api";
import { collectRows } from "../collect-rows.ts";
import type { RecordLimits } from "../limits.ts";
import { withoutFolder } from "../without-folder.ts";
import { type EngineKind, EngineMissing, onlyReading, QueryRefusal, type TableFacts } from "./engine.ts";

/**
 * DuckDB by its optional package. Opened for reading, without access to other files, the network or extensions, and with these
 * settings locked (duckdb.org/docs, Securing DuckDB); of statements only SELECT and EXPLAIN are run.
 */
export const duckdb: EngineKind = {
  name: "duckdb",
  begins: (head) => new TextDecoder("latin1").decode(head.subarray(8, 12)) === "DUCK",
  async open(file, limits) {
    const api = await import("@duckdb/node-api").catch(() => {
      throw new EngineMissing("records-client-missing");
    });
    const instance = await api.DuckDBInstance.create(file, {
      access_mode: "READ_ONLY",
      enable_external_access: "false",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      memory_limit: `${limits.megabytes}MB`,
      max_temp_directory_size: "0B",
      threads: "1",
      lock_configuration: "true",
    });
    const connection = await instance.connect();
    const { SELECT, EXPLAIN } = api.StatementType;
    return {
      tables: () => listTables(connection),
      query: (sql) => runQuery({ connection, sql, limits, reading: new Set<number>([SELECT, EXPLAIN]) }),
    };
  },
};

async function runQuery(request: {
  connection: DuckDBConnection;
  sql: string;
  limits: RecordLimits;
  reading: ReadonlySet<number>;
}) {
  const { connection, sql, limits, reading } = request;
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new QueryRefusal(onlyReading);
    const statement = await statements.prepare(0);
    if (!reading.has(statement.statementType)) throw new QueryRefusal(onlyReading);
    return await readRows(statement, limits);
  } catch (error) {
    if (error instanceof QueryRefusal) throw error;
    throw new QueryRefusal(error instanceof Error ? error.message : "");
  }
}

async function readRows(statement: DuckDBPreparedStatement, limits: RecordLimits) {
  const result = await statement.stream();
  async function* rows(): AsyncGenerator<readonly unknown[]> {
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      for (const row of chunk.getRows()) yield row.map(plainValue);
    }
  }
  return await collectRows(result.columnNames(), rows(), limits);
}

/** Bytes as bytes, dates, lists and the like as text; the folder, which DuckDB's own tables tell, is left out. */
function plainValue(value: unknown): unknown {
  if (typeof value === "string") return withoutFolder(value);
  if (typeof value !== "object" || value === null) return value;
  return "bytes" in value && value.bytes instanceof Uint8Array ? value.bytes : withoutFolder(String(value));
}

async function listTables(connection: DuckDBConnection): Promise<TableFacts[]> {
  const columns = await connection.runAndReadAll(`
    SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal
    ORDER BY schema_name, table_name, column_index`);
  const sizes = await connection.runAndReadAll(
    "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE NOT internal",
  );
  const rows = new Map(
    sizes.getRows().map(([schema, table, size]) => [fullName(schema, table), Number(size ?? 0)]),
  );
  const tables = new Map<string, { name: string; type: string }[]>();
  for (const [schema, table, column, type] of columns.getRows()) {
    const name = fullName(schema, table);
    const known = tables.get(name) ?? [];
    known.push({ name: String(column), type: String(type) });
    tables.set(name, known);
  }
  return [...tables].map(([name, columns]) => {
    return { name, columns, rows: rows.get(name) ?? 0, moreRows: false };
  });
}

function fullName(schema: unknown, table: unknown): string {
  return schema === "main" ? String(table) : `${String(schema)}.${String(table)}`;
}
