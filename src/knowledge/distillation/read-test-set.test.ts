import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTestSet } from "./read-test-set.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-test-set-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: unknown) {
  const file = join(folder, name);
  const text = Array.isArray(content)
    ? content.map((row) => JSON.stringify(row)).join("\n")
    : JSON.stringify(content);
  await writeFile(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return readTestSet(file);
}

describe("readTestSet", () => {
  it("reads rows with options by label, and gives the answer in words", async () => {
    const rows = [{ id: "a", question: "Which?", options: { A: "Liver", B: "Spleen" }, answer: "B" }];
    const expected = [{ set: "exam", id: "a", question: "Which?", answer: "Spleen" }];
    expect(await read("exam.jsonl", rows)).toEqual(expected);
    expect(await read("exam.jsonl.gz", rows)).toEqual(expected);
  });

  it.each([
    [{ options: ["Liver", "Spleen"], answer: 1 }, "Spleen"],
    [{ options: ["Liver", "Spleen"], answer: "a." }, "Liver"],
    [{ answer: "The left lung" }, "The left lung"],
    [{ answer: "C" }, null],
    [{ options: { A: "Liver" }, answer: "Spleen" }, "Spleen"],
    [{}, null],
  ])("tells the answer of %j as %j", async (fields, answer) => {
    expect(await read("one.jsonl", [{ question: "Which?", ...fields }])).toEqual([
      { set: "one", id: "1", question: "Which?", answer },
    ]);
  });

  it("tells from the whole file whether MedMCQA's cop counts from 0 or from 1", async () => {
    const row = (cop: number) => ({
      question: `Which ${cop}?`,
      opa: "a1",
      opb: "b2",
      opc: "c3",
      opd: "d4",
      cop,
    });
    const answers = async (...cops: number[]) =>
      (await read("dev.json", cops.map(row))).map(({ answer }) => answer);
    expect(await answers(1, 4)).toEqual(["a1", "d4"]);
    expect(await answers(1, 0)).toEqual(["b2", "a1"]);
    expect(await answers(1, 2)).toEqual([null, null]);
  });

  it("reads MIRAGE's benchmark.json as one set for each data set, PubMedQA's file and a list", async () => {
    const benchmark = {
      medqa: { "0000": { question: "One?", options: { A: "x1" }, answer: "A" } },
      bioasq: { b: { question: "Two?", options: { A: "yes", B: "no" }, answer: "B" } },
    };
    expect(await read("benchmark.json", benchmark)).toEqual([
      { set: "benchmark/medqa", id: "0000", question: "One?", answer: "x1" },
      { set: "benchmark/bioasq", id: "b", question: "Two?", answer: "no" },
    ]);
    expect(await read("ori.json", { "123": { QUESTION: "Three?", final_decision: "yes" } })).toEqual([
      { set: "ori", id: "123", question: "Three?", answer: "yes" },
    ]);
    await writeFile(join(folder, "list.json"), '[{"question": "Four?"}]');
    expect(await readTestSet(join(folder, "list.json"))).toEqual([
      { set: "list", id: "0", question: "Four?", answer: null },
    ]);
  });

  it("reads BEIR's queries and several questions of one image", async () => {
    expect(await read("claims.jsonl", [{ _id: 5, text: "A claim." }])).toEqual([
      { set: "claims", id: "5", question: "A claim.", answer: null },
    ]);
    const row = {
      id: "image",
      text: null,
      qa: [{ qid: 7, question: "Where?", answer: "left" }, { question: "Why?" }],
    };
    expect(await read("vqa.jsonl", [row])).toEqual([
      { set: "vqa", id: "image#7", question: "Where?", answer: "left" },
      { set: "vqa", id: "image#2", question: "Why?", answer: null },
    ]);
  });

  it("passes over no question in silence", async () => {
    await expect(read("bad.jsonl", [{ question: "One?" }, { query: "Two?" }])).rejects.toMatchObject({
      code: "row-invalid",
      facts: { line: 2 },
    });
    await expect(read("empty.jsonl", [])).rejects.toMatchObject({ code: "row-invalid" });
    await expect(read("other.json", { a: { b: 1 } })).rejects.toMatchObject({ code: "row-invalid" });
    await writeFile(join(folder, "torn.jsonl"), '{"question": "One?"}\n{"quest');
    await expect(readTestSet(join(folder, "torn.jsonl"))).rejects.toMatchObject({ code: "row-not-json" });
    await expect(readTestSet(join(folder, "none.jsonl"))).rejects.toMatchObject({ code: "path-missing" });
  });
});

const data = "../shared/data";
describe.skipIf(!existsSync(data))("on real test sets (skipped where ../shared/data is absent)", () => {
  it.each([
    ["qa_mirage/manifest.jsonl", "qa_mirage", 5812],
    ["qa_pubmedqa/manifest.jsonl", "qa_pubmedqa", 755],
    ["vqa_rad/manifest.jsonl", "vqa_rad", 2432],
    ["ir_bioasq/queries.jsonl", "ir_bioasq", 1728],
  ])("reads every question of %s", async (file, set, count) => {
    const questions = await readTestSet(join(data, file));
    expect(questions).toHaveLength(count);
    expect(new Set(questions.map((question) => question.set))).toEqual(new Set([set]));
    expect(new Set(questions.map(({ id }) => id)).size).toBe(count);
  });
});
