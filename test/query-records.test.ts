import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRecordsAt } from "../src/assembly/index.ts";
import { makeFolder, wardStatements, writeSqlite } from "../src/records/test-records.ts";
import { eventsOf } from "./support/rounds.ts";
import { runCli } from "./support/run-cli.ts";
import { startScriptedEndpoint } from "./support/scripted-endpoint.ts";
import { askScripted, lastText } from "./support/scripted-rounds.ts";
import { openSmallLibrary, type SmallLibrary } from "./support/small-library.ts";

const folder = makeFolder();
const file = writeSqlite(folder.path("ward.sqlite"), wardStatements);
let small: SmallLibrary;
let records: NonNullable<Awaited<ReturnType<typeof openRecordsAt>>>;
beforeAll(async () => {
  small = await openSmallLibrary();
  records = (await openRecordsAt(file))!;
});
afterAll(async () => {
  records[Symbol.dispose]();
  folder[Symbol.dispose]();
  await small[Symbol.asyncDispose]();
});

type Input = { sql: string } | { describe: string };

const script = {
  tags: (inputs: readonly Input[]) => [
    ...inputs.map((input) => ({
      text: `<query tool="query_records">${"sql" in input ? input.sql : JSON.stringify(input)}</query>`,
    })),
    { text: "<answer>Two [1].</answer>" },
  ],
  tools: (inputs: readonly Input[]) => [
    ...inputs.map((input) => ({ toolCalls: [{ name: "query_records", input }] })),
    { text: "Two [1]." },
  ],
};

describe.each(["tags", "tools"] as const)("a round by %s that asks patient records", (policy) => {
  const ask = (...inputs: Input[]) =>
    askScripted(script[policy](inputs), {
      library: small.library,
      policy,
      records,
      question: "How many patients?",
    });

  it("tells the model the tables, and cites the rows by their number", async () => {
    const { round, requests, events } = await ask({
      sql: "SELECT count(*) AS patients FROM patients WHERE id < 9",
    });
    expect(JSON.stringify(requests[0])).toContain("patients (2 rows): id INTEGER, sex TEXT, note TEXT");
    expect(round.evidence).toEqual([
      {
        type: "rows",
        number: 1,
        query: "SELECT count(*) AS patients FROM patients WHERE id < 9",
        table: { database: "ward.sqlite", columns: ["patients"], rows: [[2]], truncated: false },
      },
    ]);
    expect(round.citations.map(({ evidence }) => evidence)).toEqual([1]);
    expect(eventsOf(events, "rows-retrieved")).toMatchObject([{ searched: 1 }]);
    expect(lastText(requests[1])).toContain("[1] ward.sqlite, 1 rows");
  });

  it("goes on after a query with an error, of which the model is told the database's words and no folder", async () => {
    const { round, requests } = await ask(
      { sql: "SELECT age FROM patients" },
      { sql: "DROP TABLE patients" },
    );
    expect(round.failures.map(({ code }) => code)).toEqual(["query-refused", "query-refused"]);
    expect(lastText(requests[1])).toContain("no such column: age");
    expect(lastText(requests[2])).toContain("Only one statement that reads is run");
    expect(JSON.stringify(requests)).not.toContain(folder.path(""));
    expect(round.outcome).toBe("answered");
  });

  it("hands on what stands in a cell as data: it closes no block and is no answer", async () => {
    const { round, requests } = await ask({ sql: "SELECT note FROM patients WHERE id = 2" });
    expect(round.answer).toBe("Two [1].");
    expect(round.transcript.text.match(/<\/retrieve>/g)).toHaveLength(1);
    if (policy === "tags") expect(lastText(requests[1])).toContain("‹answer>");
  });

  it("describes a table, without values of it", async () => {
    const { round } = await ask({ describe: "patients" });
    expect(round.evidence).toMatchObject([{ type: "rows", table: { columns: ["column", "type"] } }]);
    expect(JSON.stringify(round.evidence)).not.toContain("stable");
  });

  it("is offered the tool only where a database is named", async () => {
    const { requests } = await askScripted(script[policy]([]), { library: small.library, policy });
    expect(JSON.stringify(requests[0])).not.toContain("query_records");
  });
});

it("shows values of a table where that is allowed, and opens nothing where nothing is named", async () => {
  using open = await openRecordsAt(file, { samples: true });
  const table = await open?.query({ query: "describe patients", signal: new AbortController().signal });
  expect(JSON.stringify(table)).toContain("stable");
  expect(await openRecordsAt(undefined)).toBeUndefined();
});

describe("the command ask", () => {
  it("takes the database by an option or from the environment, and tells of the query", async () => {
    const sql = "SELECT count(*) FROM patients";
    for (const given of [{ args: ["--records", file] }, { args: [], env: { MEDROUNDS_RECORDS: file } }]) {
      await using endpoint = await startScriptedEndpoint(script.tools([{ sql }]));
      const model = ["--endpoint", endpoint.url, "--model", "scripted", "--library", small.library.folder];
      const asked = await runCli(["ask", "How many patients?", ...model, ...given.args], {
        cwd: folder.path(""),
        ...(given.env ? { env: given.env } : {}),
      });
      expect(asked.code, asked.stderr).toBe(0);
      expect(asked.stdout).toContain("Queried the records");
      expect(asked.stdout).toContain("Two [1].");
    }
  });

  it("says in one line what is wrong with a file that is no database", async () => {
    const args = ["ask", "How many?", "--records", small.imageFile(1), "--library", small.library.folder];
    const { code, stderr } = await runCli(args, { cwd: folder.path("") });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/neither a SQLite nor a DuckDB database\.\n.*\n\(records-unreadable\)/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
