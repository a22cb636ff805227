import { open } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { MedRoundsError, type Table } from "#contracts";
import { fileError } from "#platform";
import type { EngineKind, TableFacts } from "./engines/engine.ts";
import { engines } from "./engines/list.ts";
import { defaultRecordLimits, type RecordLimits } from "./limits.ts";
import type { Reply } from "./process/message.ts";
import { createQueryRunner } from "./process/run-queries.ts";

/** A database of patient records that can only be read. Closing it ends its process. */
export type Records = Disposable & {
  /** The file's name without its folder. */
  name: string;
  engine: EngineKind["name"];
  /** Tables and views with their columns; read once. */
  tables: readonly TableFacts[];
  /**
   * The first rows of a query. Throws `query-refused` with the database's words for what it does not run, `query-too-long`, `query-too-large`,
   * `query-broken`, and the signal's reason.
   */
  query(sql: string, signal?: AbortSignal): Promise<Table>;
};

/**
 * Opens a SQLite or DuckDB file for reading; its first bytes decide which it is.
 *
 * @throws MedRoundsError `path-missing` and the other errors of reading a file; `records-unreadable`; `records-client-missing` where DuckDB
 * is not installed; `records-node-too-old`; `query-too-long`.
 */
export async function openRecords(
  path: string,
  options: { limits?: Partial<RecordLimits>; signal?: AbortSignal } = {},
): Promise<Records> {
  const limits = { ...defaultRecordLimits, ...options.limits };
  const name = basename(path);
  const head = await readHead(path);
  const kind = Object.values(engines).find((engine) => engine.begins(head));
  if (!kind) {
    throw new MedRoundsError("records-unreadable", `${name} is neither a SQLite nor a DuckDB database.`, {
      name,
    });
  }
  const runner = createQueryRunner({ engine: kind.name, path: resolve(path), limits });
  const tables = await runner
    .ask({ type: "tables" }, options.signal)
    .then((reply) => {
      if (reply.type === "tables") return reply.tables;
      throw explain(reply, name);
    })
    .catch((error: unknown) => {
      runner.close();
      throw error;
    });
  return {
    name,
    engine: kind.name,
    tables,
    async query(sql, signal) {
      if (sql.length > limits.query) {
        throw refused(`The query is longer than ${limits.query} characters.`);
      }
      const reply = await runner.ask({ type: "query", sql }, signal);
      if (reply.type !== "rows") throw explain(reply, name);
      return { database: name, ...reply.rows };
    },
    [Symbol.dispose]: runner.close,
  };
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const head = new Uint8Array(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } catch (error) {
    throw fileError(error, path);
  }
}

function explain(reply: Reply, name: string): MedRoundsError {
  if (reply.type === "refused") return refused(reply.message);
  if (reply.type === "missing") {
    const message =
      reply.code === "records-client-missing"
        ? `${name} is a DuckDB database, and DuckDB is not installed.`
        : `${name} is a SQLite database, and this Node cannot hold it to reading.`;
    return new MedRoundsError(reply.code, message, { name });
  }
  return new MedRoundsError("records-unreadable", `${name} could not be opened.`, { name });
}

function refused(said: string): MedRoundsError {
  return new MedRoundsError("query-refused", `The database refuses the query: ${said.slice(0, 500)}`);
}
