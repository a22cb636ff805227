import { expect, it } from "vitest";
import { asked, readMade } from "../test-data-sets.ts";

const row = (QUESTION: string, final_decision: string) => ({
  QUESTION,
  CONTEXTS: ["A sentence of the abstract."],
  LABELS: ["METHODS"],
  YEAR: "2011",
  final_decision,
  LONG_ANSWER: "A sentence.",
});

it("reads the labeled questions by PMID, without their abstracts, and the test set by its list", async () => {
  const set = await readMade({
    "data/ori_pqal.json": {
      "11": row("Does it?", "maybe"),
      "22": row("Is it?", "no"),
      "33": row("Was it?", "perhaps"),
    },
    "data/test_ground_truth.json": { "22": "no" },
  });
  expect(set.format).toBe("pubmedqa");
  expect(set.samples.map(asked)[0]).toEqual({
    sourceId: "11",
    question: "Does it?",
    options: ["A yes", "B no", "C maybe"],
    gold: { type: "option", label: "C" },
    images: [],
  });
  expect(set.samples.map(({ tags, sources }) => [tags.split, sources])).toEqual([
    ["train", ["11"]],
    ["test", ["22"]],
  ]);
  expect(set.refused.map(({ sourceId }) => sourceId)).toEqual(["33"]);
});

it("knows no split where the list is not there, and refuses a list that is none", async () => {
  const file = { "ori_pqal.json": { "11": row("Does it?", "yes") } };
  expect((await readMade(file)).samples[0]?.tags).toEqual({});
  await expect(readMade({ ...file, "test_ground_truth.json": "no json" })).rejects.toMatchObject({
    code: "data-set-invalid",
  });
});
