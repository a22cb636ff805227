import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWordModels } from "../../test/support/word-model-server.ts";
import { evaluateRetrieval } from "./evaluate-retrieval.ts";

let folder: string;
let small: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-evaluate-test-"));
  small = join(folder, "small");
  await mkdir(join(small, "qrels"), { recursive: true });
  const rows = (objects: readonly object[]) => objects.map((row) => JSON.stringify(row)).join("\n");
  const filler = "Breath sounds were equal on both sides. ".repeat(20);
  await writeFile(
    join(small, "corpus.jsonl"),
    rows([
      { _id: "1", title: "Effusion", text: `Fluid in the pleural space.\n\n${filler}\n\n${filler}` },
      { _id: "2", title: "Pneumothorax", text: "Air in the pleural space." },
      { _id: "3", title: "Fracture", text: "A break in a bone." },
      { _id: "4", title: "", text: "" },
    ]),
  );
  await writeFile(
    join(small, "queries.jsonl"),
    rows([
      { _id: "a", text: "effusion fluid" },
      { _id: "b", text: "broken bone" },
      { _id: "c", text: "xylophone" },
    ]),
  );
  await writeFile(join(small, "qrels", "test.tsv"), "a\t1\t1\nb\t3\t1\nc\t2\t1\n");
});
afterAll(() => rm(folder, { recursive: true }));

describe("evaluateRetrieval", () => {
  it("adds the corpus, runs each query and scores the documents", async () => {
    const evaluation = await evaluateRetrieval({ folder: small, retrievers: ["bm25"], top: 100 });
    expect(evaluation.set).toMatchObject({ name: "small", documents: 4, refusedDocuments: 1, queries: 3 });
    expect(evaluation.set.passages).toBeGreaterThan(3);
    expect(evaluation.runs[0]?.withoutHit).toBeCloseTo(1 / 3, 12);
    for (const { mean } of evaluation.runs[0]?.metrics ?? []) expect(mean).toBeCloseTo(2 / 3, 12);
    expect(evaluation.comparisons).toEqual([]);
  });

  it("compares each further retriever with the first", async () => {
    const { runs, comparisons } = await evaluateRetrieval({
      folder: small,
      retrievers: ["bm25", "bm25"],
      top: 10,
    });
    expect(runs.length).toBe(2);
    expect(comparisons[0]?.metrics.map(({ difference, pValue }) => [difference, pValue])).toEqual(
      new Array(4).fill([0, 1]),
    );
  });

  it("keeps a named library and does not add the corpus again", async () => {
    const request = { folder: small, retrievers: ["bm25"], top: 10, library: join(folder, "kept") };
    const first = await evaluateRetrieval(request);
    const second = await evaluateRetrieval(request);
    expect(second.set).toEqual(first.set);
    expect(second.runs[0]?.metrics).toEqual(first.runs[0]?.metrics);
    const renamed = join(folder, "other");
    await mkdir(join(renamed, "qrels"), { recursive: true });
    await writeFile(join(renamed, "corpus.jsonl"), '{"_id": "9", "text": "Other."}');
    await writeFile(join(renamed, "queries.jsonl"), '{"_id": "q", "text": "other"}');
    await writeFile(join(renamed, "qrels", "test.tsv"), "q\t9\t1");
    await expect(evaluateRetrieval({ ...request, folder: renamed })).rejects.toMatchObject({
      code: "usage-invalid",
    });
  });

  it("embeds the corpus and measures retrievers with vectors and with a reranker beside BM25", async () => {
    vi.spyOn(process, "cwd").mockReturnValue(folder);
    await using models = await startWordModels();
    const { set, runs, comparisons } = await evaluateRetrieval({
      folder: small,
      retrievers: ["bm25", "hybrid", "bm25+rerank"],
      embedders: [models.embedder],
      reranker: models.reranker,
      top: 10,
    });
    vi.restoreAllMocks();
    expect(set.embedders).toEqual(["words"]);
    expect(runs.map(({ retriever }) => retriever)).toEqual(["bm25", "hybrid", "bm25+rerank"]);
    expect(runs[1]?.withoutHit).toBe(0);
    expect(comparisons.map(({ second }) => second)).toEqual(["hybrid", "bm25+rerank"]);
    expect(models.requests).toContain("/rerank");
  });

  it("names the retrievers where there is none of that name, also one that every object has", async () => {
    for (const name of ["dance", "constructor"]) {
      await expect(evaluateRetrieval({ folder: small, retrievers: [name], top: 10 })).rejects.toMatchObject({
        code: "usage-invalid",
        message: `There is no retriever ${name}; there is: bm25, dense, hybrid, medrag, each also with +synonyms or +rerank.`,
      });
    }
  });

  it("leaves no temporary library behind, even when it is interrupted", async () => {
    const temporary = join(folder, "temporary");
    await mkdir(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const controller = new AbortController();
    const reason = new Error("stop");
    const evaluation = evaluateRetrieval({
      folder: small,
      retrievers: ["bm25"],
      top: 10,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(evaluation).rejects.toBe(reason);
    vi.unstubAllEnvs();
    // LanceDB keeps a hidden folder of its own there.
    expect((await readdir(temporary)).filter((name) => !name.startsWith("."))).toEqual([]);
  });
});

const scifact = join(import.meta.dirname, "../../../shared/data/ir_scifact");

describe("BM25 over the library", () => {
  it("reaches nDCG@10 0.684 and recall@100 0.90 on the test claims of SciFact", async (context) => {
    context.skip(!existsSync(scifact), "../shared/data/ir_scifact is absent");
    const { set, runs } = await evaluateRetrieval({ folder: scifact, retrievers: ["bm25"], top: 100 });
    expect(set).toMatchObject({ documents: 5183, queries: 300, refusedDocuments: 0, missingDocuments: 0 });
    const means = Object.fromEntries(runs[0]?.metrics.map(({ metric, mean }) => [metric, mean]) ?? []);
    expect(means["nDCG@10"]).toBeGreaterThanOrEqual(0.684);
    expect(means["recall@100"]).toBeGreaterThanOrEqual(0.9);
  });
});
