import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "../../../../test/support/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("eval");
  await mkdir(join(folder, "set/qrels"), { recursive: true });
  await writeFile(
    join(folder, "set/corpus.jsonl"),
    '{"_id": "1", "text": "Fluid."}\n{"_id": "2", "text": "Air."}\n',
  );
  await writeFile(
    join(folder, "set/queries.jsonl"),
    '{"_id": "a", "text": "fluid"}\n{"_id": "b", "text": "air"}\n',
  );
  await writeFile(join(folder, "set/qrels/test.tsv"), "a\t1\t1\nb\t2\t1\n");
});
afterAll(() => removeFolder(folder));

const run = (...args: string[]) => runCli(["eval", "retrieval", ...args], { cwd: folder });

describe("eval retrieval", () => {
  it("shows the metrics with intervals and, for two retrievers, the comparison", async () => {
    const { code, stdout, stderr } = await run("--beir", "set", "--retriever", "bm25", "--retriever", "bm25");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("2 judged queries, 2 documents in 2 passages");
    expect(stdout).toMatch(/nDCG@10 +1\.0000 {2}1\.0000 to 1\.0000/);
    expect(stdout).toMatch(/bm25 − bm25[\s\S]+recall@100 +0\.0000 .+ 1\.0000 {2}includes zero/);
  });

  it("prints one JSON document with --json", async () => {
    const { code, stdout, stderr } = await run("--beir", "set", "--json", "--top", "10");
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      set: { name: "set", queries: 2 },
      runs: [{ retriever: "bm25", queries: [{ id: "a", scores: { "recall@10": 1 } }, { id: "b" }] }],
    });
  });

  it.each([
    { args: ["--beir", "set", "--retriever", "dance"], code: 2, says: "there is: bm25" },
    { args: ["--beir", "nowhere"], code: 1, says: "path-missing" },
    { args: ["--beir", "set", "--top", "5"], code: 2, says: "from 10 to 1000" },
    { args: [], code: 2, says: "--beir" },
  ])("ends with code $code for $args", async ({ args, code, says }) => {
    const result = await run(...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(says);
  });
});
