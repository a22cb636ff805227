import { expect, it } from "vitest";
import { asked, readMade } from "../test-data-sets.ts";

const question = (answer: string) => ({ question: "Which letter?", options: { A: "a", B: "b" }, answer });

it.each([0, 2])(
  "reads the tasks with their questions and articles, written with an indent of %i",
  async (indent) => {
    const benchmark = {
      mmlu: { "anatomy-000": question("B"), "anatomy-001": question("C"), "anatomy-002": "nothing" },
      pubmedqa: { "123": { ...question("A"), PMID: [123] }, "124": question("B") },
      bioasq: { "5be4": { ...question("A"), PMID: [7, 8] }, "5be5": question("A") },
    };
    const set = await readMade({ "benchmark.json": JSON.stringify(benchmark, null, indent) });
    expect(set).toMatchObject({ format: "mirage", rows: 7 });
    expect(set.samples.map(asked)[0]).toEqual({
      sourceId: "mmlu/anatomy-000",
      question: "Which letter?",
      options: ["A a", "B b"],
      gold: { type: "option", label: "B" },
      images: [],
    });
    expect(set.samples.map(({ tags, sources }) => [tags.task, sources])).toEqual([
      ["mmlu", undefined],
      ["pubmedqa", ["123"]],
      ["pubmedqa", ["124"]],
      ["bioasq", ["7", "8"]],
      ["bioasq", undefined],
    ]);
    expect(set.refused.map(({ sourceId }) => sourceId)).toEqual(["mmlu/anatomy-001", "mmlu/anatomy-002"]);
  },
);
