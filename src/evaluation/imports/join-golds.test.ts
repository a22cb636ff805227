import { describe, expect, it } from "vitest";
import { joinGolds } from "./join-golds.ts";
import { ralmPathPredictions } from "./ralm-path.ts";
import { predictionRecord, resultRow, testRecord } from "./test-records.ts";

const records = ["A", "B", "C", "A"].map((gold, index) =>
  predictionRecord({ output: "B", gold, query: `slides/images/${index}.png` }),
);
const { parse, parseGolds } = ralmPathPredictions;
const golds = parseGolds(JSON.stringify(records.map(testRecord))).predictions;
const results = (rows: typeof records) => parse(JSON.stringify(rows.map(resultRow))).predictions;

describe("joinGolds", () => {
  it("joins by content: rows in another order, or missing, keep their golds", () => {
    const shuffled = [records[3], records[0], records[2]].flatMap((row) => row ?? []);
    const { predictions, refused, join } = joinGolds(results(shuffled), golds);
    expect(predictions.map(({ gold }) => gold)).toEqual(["A", "A", "C"]);
    expect(predictions.map(({ sampleId }) => sampleId)).toEqual(["3", "0", "2"]);
    expect(refused).toEqual([]);
    expect(join).toEqual({ unmatched: 0, ambiguous: 0, unanswered: 1, contradicted: 0 });
  });

  it("refuses answers to what the test file lacks, or has with several golds", () => {
    const strange = predictionRecord({ output: "B", gold: "A", query: "slides/images/9.png" });
    const twice = [...golds, { ...golds[0]!, gold: "C" }];
    const { predictions, refused, join } = joinGolds(results([strange, ...records]), twice);
    expect(predictions.map(({ gold }) => gold)).toEqual(["B", "C", "A"]);
    expect(refused.map(({ row }) => row)).toEqual([1, 2]);
    expect(join).toEqual({ unmatched: 1, ambiguous: 1, unanswered: 0, contradicted: 0 });
  });

  it("takes the test file's gold where the file's own was joined by position, and counts it", () => {
    const shifted = records.map((record, index) => ({
      ...record,
      metadata: { ...record.metadata, answer: records[(index + 1) % 4]!.metadata.answer },
    }));
    const { predictions, join } = joinGolds(parse(JSON.stringify(shifted)).predictions, golds);
    expect(predictions.map(({ gold }) => gold)).toEqual(["A", "B", "C", "A"]);
    expect(join.contradicted).toBe(3);
  });

  it("joins rows without images by the data set's id, and gives them their images", () => {
    const [first] = records;
    const row = {
      dataset: "slides",
      sample_id: 0,
      prompt: first!.conversations[0]!.value,
      pred_response: "A",
    };
    const { predictions } = joinGolds(parse(JSON.stringify(row)).predictions, golds);
    expect(predictions).toEqual([expect.objectContaining({ gold: "A", images: ["slides/images/0.png"] })]);
  });

  it("joins an answer whose prompt is missing by its images or id, and gives it the prompt", () => {
    const bare = [
      [{ from: "human" }, { from: "gpt", value: "C" }, { image: records[2]!.image }],
      { dataset: "slides", sample_id: 1, pred_response: "B" },
    ];
    const { predictions, join } = joinGolds(parse(JSON.stringify(bare)).predictions, golds);
    expect(predictions.map(({ gold, prompt }) => [gold, prompt.includes("Choices:")])).toEqual([
      ["C", true],
      ["B", true],
    ]);
    expect(join).toMatchObject({ unmatched: 0, ambiguous: 0 });
  });
});
