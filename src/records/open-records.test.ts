import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MedRoundsError } from "#contracts";
import { sha256 } from "#platform";
import { openRecords, type Records } from "./open-records.ts";
import { makeFolder, wardStatements, writeSqlite } from "./test-records.ts";

const folder = makeFolder();
const file = writeSqlite(folder.path("ward.sqlite"), wardStatements);
let records: Records;
beforeAll(async () => {
  records = await openRecords(file);
});
afterAll(() => {
  records[Symbol.dispose]();
  folder[Symbol.dispose]();
});

describe("a SQLite database", () => {
  it("tells its tables and views, with columns, types and row counts", () => {
    expect(records.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["measurements", 300],
      ["patients", 2],
      ["women", 1],
    ]);
    expect(records.tables[1]?.columns).toEqual([
      { name: "id", type: "INTEGER" },
      { name: "sex", type: "TEXT" },
      { name: "note", type: "TEXT" },
    ]);
  });

  it("gives the rows of a query, with what a cell cannot hold in words", async () => {
    const sql =
      "SELECT id, sex, NULL AS none, x'0102' AS bytes, 9007199254740993 AS large, 1e999 AS endless FROM patients";
    expect(await records.query(sql)).toEqual({
      database: "ward.sqlite",
      columns: ["id", "sex", "none", "bytes", "large", "endless"],
      rows: [
        [1, "f", null, "(2 bytes)", "9007199254740993", "Infinity"],
        [2, "m", null, "(2 bytes)", "9007199254740993", "Infinity"],
      ],
      truncated: false,
    });
  });

  it.each([
    ["common table expressions", "WITH w AS (SELECT id FROM women) SELECT count(*) FROM w;", 1],
    ["its own description", "PRAGMA table_info(patients)", 3],
    ["plans", "EXPLAIN QUERY PLAN SELECT * FROM patients", 1],
    ["a comment after the statement", "SELECT 1; -- done\n/* ; */", 1],
    ["texts in double quotes, as old queries write them", 'SELECT id FROM patients WHERE sex = "f"', 1],
  ])("lets through %s", async (_, sql, rows) => {
    expect((await records.query(sql)).rows).toHaveLength(rows);
  });

  it.each([
    "INSERT INTO patients VALUES (3, 'x', '')",
    "UPDATE patients SET sex = 'x'",
    "DELETE FROM patients",
    "DROP TABLE patients",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE TEMP VIEW x AS SELECT 1",
    "CREATE VIRTUAL TABLE x USING fts5(y)",
    "ATTACH 'other.sqlite' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'copy.sqlite'",
    "REINDEX",
    "ANALYZE",
    "BEGIN",
    "SAVEPOINT x",
    "PRAGMA database_list",
    "PRAGMA journal_mode = WAL",
    "PRAGMA writable_schema = 1",
    "PRAGMA temp_store_directory = '/'",
    "PRAGMA hard_heap_limit = 0",
    "SELECT * FROM pragma_database_list",
    "SELECT load_extension('x')",
    "SELECT LOAD_EXTENSION('x')",
    "EXPLAIN DELETE FROM patients",
    "SELECT 1; DROP TABLE patients",
    "SELECT 1; SELECT 2",
    "WITH x AS (SELECT 1) DELETE FROM patients",
    "/* SELECT */ DELETE FROM patients",
    "",
    "SELECT nothing",
    "not SQL at all",
  ])("refuses “%s” and is not changed by it", async (sql) => {
    const before = sha256(readFileSync(file));
    await expect(records.query(sql)).rejects.toMatchObject({ code: "query-refused" });
    expect(sha256(readFileSync(file))).toBe(before);
  });

  it("gives rows or a refusal, whatever the words", async () => {
    const words =
      "SELECT FROM WHERE patients * ( ) ; -- /* */ ' \" WITH RECURSIVE x AS UNION ALL PRAGMA ATTACH INSERT INTO VALUES 1".split(
        " ",
      );
    const part = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5, unit: "binary" }));
    const statement = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(" "));
    const before = sha256(readFileSync(file));
    await fc.assert(
      fc.asyncProperty(statement, async (sql) => {
        const outcome = await records.query(sql).catch((error: MedRoundsError) => error.code);
        expect(outcome === "query-refused" || typeof outcome === "object").toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(sha256(readFileSync(file))).toBe(before);
  });

  it("answers with its own words and without its folder where a query has an error", async () => {
    const error = await records.query("SELECT age FROM patients").catch((reason: Error) => reason);
    expect(error).toMatchObject({ message: "The database refuses the query: no such column: age" });
    expect(JSON.stringify(error)).not.toContain(folder.path(""));
  });
});

describe("a query that is too much", () => {
  it.each([
    ["a value of a billion bytes", "SELECT zeroblob(1000000000)"],
    ["texts put together", "SELECT group_concat(hex(zeroblob(1000000))) FROM measurements"],
    ["a statement beyond its length", `SELECT '${"x".repeat(20_000)}'`],
    ["an expression too deep", `SELECT ${"(".repeat(5_000)}1${")".repeat(5_000)}`],
  ])("is refused: %s", async (_, sql) => {
    await expect(records.query(sql)).rejects.toMatchObject({ code: "query-refused" });
    expect((await records.query("SELECT 1")).rows).toEqual([[1]]);
  });

  it("is ended when it takes more memory than it may, and the next one runs", async () => {
    const large = "SELECT count(DISTINCT randomblob(1000000)) FROM measurements a, measurements b";
    await expect(records.query(large)).rejects.toMatchObject({ code: "query-too-large" });
    expect((await records.query("SELECT 1")).rows).toEqual([[1]]);
  });

  it("gives its first rows, whether it has 301 or a billion", async () => {
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 1000000000";
    for (const sql of [
      "SELECT * FROM measurements",
      "SELECT 1 FROM measurements a, measurements b, measurements c, measurements d",
      endless,
    ]) {
      const { rows, truncated } = await records.query(sql);
      expect([rows.length, truncated]).toEqual([100, true]);
    }
  });

  it("gives as many rows as its characters allow, and the first one always", async () => {
    const { rows, truncated } = await records.query("SELECT hex(zeroblob(450)) FROM measurements");
    expect([rows.length, truncated]).toEqual([35, true]);
    const wide = await records.query(
      `SELECT ${Array.from({ length: 300 }, () => "hex(zeroblob(4000))").join()}`,
    );
    expect([wide.rows.length, wide.columns.length, wide.truncated]).toEqual([1, 200, true]);
    expect(JSON.stringify(wide.rows).length).toBeLessThan(45_000);
  });

  it("is ended at its time limit, wherever it is, and the next one runs", async () => {
    using short = await openRecords(file, { limits: { milliseconds: 300 } });
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    await expect(short.query(endless)).rejects.toMatchObject({ code: "query-too-long" });
    expect((await short.query("SELECT count(*) FROM patients")).rows).toEqual([[2]]);
  });

  it("is ended by its signal, and others that wait for it are not", async () => {
    const abort = new AbortController();
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    const stopped = records.query(endless, abort.signal);
    const waiting = records.query("SELECT 7");
    abort.abort(new Error("enough"));
    await expect(stopped).rejects.toThrow("enough");
    expect((await waiting).rows).toEqual([[7]]);
  });
});

describe("a file", () => {
  it.each([
    ["that is not there", "nothing.sqlite", undefined, "path-missing"],
    ["without content", "empty.sqlite", "", "records-unreadable"],
    ["of words", "words.sqlite", "patients", "records-unreadable"],
    [
      "that only begins like a database",
      "half.sqlite",
      `SQLite format 3\0${"x".repeat(5_000)}`,
      "records-unreadable",
    ],
  ])("%s is refused", async (_, name, content, code) => {
    const path = folder.path(name);
    if (content !== undefined) writeFileSync(path, content);
    await expect(openRecords(path)).rejects.toMatchObject({ code });
  });
});

it("does not outlive the process that asked, even in the middle of a query", async () => {
  const code = `
    import { openRecords } from "#records";
    const records = await openRecords(${JSON.stringify(file)}, { limits: { milliseconds: 60_000 } });
    void records.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    process.stdout.write("asked");
  `;
  const options = ["--conditions=medrounds-source", "--input-type=module", "-e", code];
  const asker = spawn(process.execPath, options, { cwd: join(import.meta.dirname, "../..") });
  await once(asker.stdout, "data");
  const children = childrenOf(asker.pid);
  expect(children).toHaveLength(1);
  asker.kill("SIGKILL");
  await expect.poll(() => children.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

function childrenOf(pid: number | undefined): number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
