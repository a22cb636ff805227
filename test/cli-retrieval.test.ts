import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";
import { startWordModels, type WordModelServer } from "./support/word-model-server.ts";

let cwd: string;
let models: WordModelServer;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "medrounds-cli-retrieval-"));
  models = await startWordModels();
  const rows = [
    { id: "mi", title: "Infarction", text: "Death of heart muscle." },
    { id: "eff", title: "Effusion", text: "Fluid around the lung." },
  ];
  await writeFile(join(cwd, "notes.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  await runCli(["library", "add", "notes.jsonl", "--name", "notes"], { cwd });
});
afterAll(async () => {
  await models[Symbol.asyncDispose]();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runCli(args, { cwd });

it("a library is embedded, says so, and is then searched by words and vectors, each stage explained", async () => {
  const before = await run("search", "heart", "--retriever", "hybrid");
  expect(before).toMatchObject({ code: 1, stdout: "" });
  expect(before.stderr).toContain("medrounds library embed");
  expect(before.stderr).toContain("(vectors-missing)");

  const embedded = await run("library", "embed", "--embedder", models.embedder);
  expect(embedded.stdout).toMatch(/^Embedded 2 passages by words \(64 dimensions\) in /);
  const again = await run("library", "embed", "--embedder", models.embedder, "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ embedded: 0, unchanged: 2, removed: 0 });
  expect((await run("library", "status")).stdout).toMatch(/Texts embedded by words .*: 2 of 2 passages\./);

  const { stdout, stderr } = await run("search", "heart muscle", "--explain", "--reranker", models.reranker);
  expect(stderr).toBe("");
  expect(stdout.replace(/\s+/g, " ")).toMatch(
    /bm25: rank 1, \S+ · dense words: rank 1, \S+ · fusion: rank 1, \S+ · rerank words: rank 1, 2\.00/,
  );
  const json = JSON.parse((await run("search", "heart", "--retriever", "bm25", "--json")).stdout);
  expect(json.passages[0].stages).toMatchObject([{ stage: "bm25", rank: 1 }]);
});

it("a search of one corpus refuses a corpus that there is none of, and options that do not go with an image", async () => {
  expect((await run("search", "heart", "--corpus", "notes")).stdout).toContain("Infarction");
  expect((await run("search", "heart", "--corpus", "nots")).stderr).toContain("There is no corpus nots");
  expect((await run("search", "--image", "a.png", "--explain")).stderr).toContain("(usage-invalid)");
});

it("an embedding that was killed leaves a library that opens, and goes on where it was", async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => ({
    id: `n${index}`,
    text: `Note number ${index}.`,
  }));
  await writeFile(join(cwd, "many.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  const library = ["--library", "many"];
  await run("library", "add", "many.jsonl", ...library);
  const began = models.requests.length;
  const embed = ["library", "embed", "--embedder", models.embedder, ...library, "--json"];
  const killed = await runCli(embed, {
    cwd,
    kill: { signal: "SIGKILL", after: 100, once: async () => models.requests.length > began + 20 },
  });
  expect(killed.code).toBe(137);
  const status = JSON.parse((await run("library", "status", ...library, "--json")).stdout);
  const [{ vectors }] = status.textEmbedders;
  expect(vectors % 256).toBe(0);
  const { embedded, unchanged } = JSON.parse((await run(...embed)).stdout);
  expect([embedded + unchanged, unchanged]).toEqual([1_500, vectors]);
});
