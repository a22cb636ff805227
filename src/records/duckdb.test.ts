import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRecords, type Records } from "./open-records.ts";
import { makeFolder } from "./test-records.ts";

const package_ = await import("@duckdb/node-api").catch(() => undefined);

describe.skipIf(!package_)("a DuckDB database (skipped where its optional package is not installed)", () => {
  const folder = makeFolder();
  let records: Records;
  beforeAll(async () => {
    if (!package_) return;
    const instance = await package_.DuckDBInstance.create(folder.path("ward.duckdb"));
    const connection = await instance.connect();
    await connection.run(`
      CREATE TABLE patients (id INTEGER, born DATE, weight DECIMAL(5, 2), drugs VARCHAR[], scan BLOB);
      INSERT INTO patients VALUES (1, '1950-02-01', 70.50, ['insulin', 'heparin'], '\\x01\\x02'::BLOB), (2, NULL, NULL, NULL, NULL);
      CREATE SCHEMA laboratory;
      CREATE TABLE laboratory.results AS SELECT range AS id, 'sodium' AS name FROM range(5000);
    `);
    connection.closeSync();
    instance.closeSync();
    records = await openRecords(folder.path("ward.duckdb"));
  });
  afterAll(() => {
    records?.[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  it("tells its tables, those of other schemas by their full name", () => {
    expect(records.engine).toBe("duckdb");
    expect(records.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["laboratory.results", 5000],
      ["patients", 2],
    ]);
    expect(records.tables[1]?.columns.at(2)).toEqual({ name: "weight", type: "DECIMAL(5,2)" });
  });

  it("gives the rows of a query, dates and lists in words", async () => {
    expect(await records.query("SELECT * FROM patients ORDER BY id")).toEqual({
      database: "ward.duckdb",
      columns: ["id", "born", "weight", "drugs", "scan"],
      rows: [
        [1, "1950-02-01", "70.50", "['insulin', 'heparin']", "(2 bytes)"],
        [2, null, null, null, null],
      ],
      truncated: false,
    });
    const { rows, truncated } = await records.query("SELECT * FROM range(1000000000)");
    expect([rows.length, truncated]).toEqual([100, true]);
  });

  it.each([
    "INSERT INTO patients VALUES (3)",
    "DROP TABLE patients",
    "CREATE TABLE x (y INTEGER)",
    "CREATE TEMP TABLE x AS SELECT 1",
    "ATTACH 'other.duckdb'",
    "ATTACH ':memory:' AS other",
    "COPY patients TO 'copy.csv'",
    "EXPORT DATABASE 'copy'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 8",
    "SET enable_external_access = true",
    "CALL pragma_version()",
    "BEGIN TRANSACTION",
    "PREPARE x AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT * FROM read_csv('/etc/hosts')",
    "SELECT * FROM read_text('ward.duckdb')",
    "SELECT * FROM '/etc/hosts.csv'",
    "SELECT * FROM glob('/*')",
    "SELECT getenv('HOME')",
    "WITH x AS (DELETE FROM patients RETURNING *) SELECT * FROM x",
    "",
    "nonsense",
  ])("refuses “%s”", async (sql) => {
    await expect(records.query(sql)).rejects.toMatchObject({ code: "query-refused" });
    expect(existsSync(folder.path("copy.csv"))).toBe(false);
  });

  it("does not tell where it lies", async () => {
    const told = await Promise.all(
      [
        "SELECT path FROM duckdb_databases()",
        "PRAGMA database_list",
        "SELECT current_setting('temp_directory')",
      ].map((sql) => records.query(sql)),
    );
    expect(JSON.stringify(told)).not.toContain(folder.path(""));
  });

  it("ends a query at its limits of time and memory, and runs the next one", async () => {
    using short = await openRecords(folder.path("ward.duckdb"), {
      limits: { milliseconds: 500, megabytes: 64 },
    });
    const product =
      "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range = 7";
    const large = "SELECT list(repeat('x', 1000000) || range) FROM range(1000)";
    for (const sql of [product, large]) {
      const code = expect.stringMatching(/^query-(?:too-long|too-large|refused)$/);
      await expect(short.query(sql)).rejects.toMatchObject({ code });
    }
    expect((await short.query("SELECT count(*) FROM patients")).rows).toEqual([[2]]);
  });
});
