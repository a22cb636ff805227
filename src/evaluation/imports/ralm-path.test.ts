import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ralmPathPredictions } from "./ralm-path.ts";
import { predictionRecord, resultRow, testRecord } from "./test-records.ts";

const { parse, parseGolds } = ralmPathPredictions;
const record = predictionRecord({ output: "B: tumor", gold: "A", query: "slides/images/q.png" });
const read = { output: "B: tumor", element: "B", images: ["slides/images/q.png"], dataset: "slides" };

describe("the files of RALM-Path", () => {
  it.each([
    ["pred.json", JSON.stringify([record]), "A"],
    ["result.json of hosted models", JSON.stringify([[resultRow(record)]]), null],
    ["result.json of an earlier version", JSON.stringify([resultRow(record)]), null],
    ["result.json of open models, a line each", `${JSON.stringify(resultRow(record))}\n`, null],
    ["one record alone", JSON.stringify(record), "A"],
    ["pred.json with a byte order mark", `\ufeff${JSON.stringify([record], null, 4)}`, "A"],
  ])("reads %s", (_, text, gold) => {
    const { predictions, refused } = parse(text);
    expect(refused).toEqual([]);
    expect(predictions).toEqual([expect.objectContaining({ ...read, gold, row: 1 })]);
  });

  it.each([
    [
      "chunks' lists in a list",
      JSON.stringify([[resultRow(record), resultRow(record)], [resultRow(record)]]),
    ],
    [
      "a line for each chunk",
      `${JSON.stringify([resultRow(record)])}\r\n\ufeff${JSON.stringify([[resultRow(record)], [resultRow(record)]])}\r\n`,
    ],
    ["rows by number", JSON.stringify({ 0: record, 1: record, 2: record })],
    ["rows by data set", JSON.stringify({ slides: [record, record], another: [record] })],
  ])("reads every row of %s", (_, text) => {
    const { predictions, refused } = parse(text);
    expect(refused).toEqual([]);
    expect(predictions.map(({ row, output }) => [row, output])).toEqual(
      [1, 2, 3].map((row) => [row, "B: tumor"]),
    );
  });

  it("reads Python's NaN as nothing, and leaves it in texts", () => {
    const text = JSON.stringify([{ ...record, conversations: [{}, { value: '"NaN" \\ NaN' }] }, record]);
    const { predictions } = parse(text.replace('"answer":"A"', '"answer":NaN'));
    expect(predictions.map(({ output, gold }) => [output, gold])).toEqual([
      ['"NaN" \\ NaN', null],
      ["B: tumor", "A"],
    ]);
  });

  it("takes the data set from a path of Windows", () => {
    const row = [{ from: "human" }, { value: "A" }, { image: ["CAMEL\\images\\x.png"] }];
    expect(parse(JSON.stringify([row])).predictions[0]?.dataset).toBe("CAMEL");
  });

  it("reads LLaVA's lines", () => {
    const row = {
      dataset: "catch",
      sample_id: 7,
      prompt: "Choices:\nA: x",
      pred_response: "A",
      gt_response: "B",
    };
    expect(parse(`${JSON.stringify(row)}\n\n${JSON.stringify(row)}`).predictions[1]).toEqual({
      ...{ row: 2, dataset: "catch", sampleId: "7", prompt: "Choices:\nA: x", output: "A", element: "A" },
      ...{ gold: "B", images: [], questionType: "close" },
    });
  });

  it("fills what a row lacks: the data set from the path, an answer of null as an empty one", () => {
    const row = [{ value: "?" }, { value: null }, { image: "./CAMEL/x.png" }];
    expect(parse(JSON.stringify([row])).predictions[0]).toMatchObject({
      ...{ dataset: "CAMEL", output: "", element: null, gold: null, images: ["./CAMEL/x.png"] },
    });
    const bare = { conversations: [null, { value: ["A list", "of texts"] }] };
    expect(parse(JSON.stringify([bare])).predictions[0]).toMatchObject({
      ...{ dataset: "unnamed", output: "A list\nof texts", element: "A list", images: [] },
    });
  });

  it("takes the gold of a test file from its answer, and does not take a test file for predictions", () => {
    const text = JSON.stringify([testRecord(record, 3)]);
    expect(parseGolds(text).predictions).toEqual([expect.objectContaining({ gold: "A", sampleId: "3" })]);
    expect(parseGolds(JSON.stringify([record])).predictions[0]?.gold).toBe("A");
    expect(() => parse(text)).toThrow("a record of the test file");
  });

  it("refuses a row alone, and says why", () => {
    const { predictions, refused } = parse(
      JSON.stringify([record, 5, {}, [[]], { conversations: [] }, record]),
    );
    expect(predictions.map(({ row }) => row)).toEqual([1, 6]);
    expect(refused).toEqual([
      { row: 2, message: "It is neither an object nor a list." },
      { row: 3, message: "It has no conversations." },
      { row: 4, message: "It has no answer of the model." },
      { row: 5, message: "It has no answer of the model." },
    ]);
    const lines = parse(`${JSON.stringify(record)}\n{"broken\n${JSON.stringify(record)}`);
    expect(lines.refused).toEqual([{ row: 2, message: "Line 2 is no JSON." }]);
  });

  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["hello\nworld", "neither one JSON list"],
    ["[]", "It has none"],
    ["[1, 2]", "neither an object"],
    ["{}", "no conversations"],
    ["null", "neither an object"],
    ["[".repeat(100_000), "neither one JSON list"],
    ['{"__proto__": {"conversations": []}}', "no answer of the model"],
  ])("refuses %j as a file", (text, says) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: "predictions-invalid" }));
    expect(() => parse(text)).toThrow(says);
  });

  it("reads any JSON or refuses it", () => {
    const rows = fc.array(fc.oneof(fc.jsonValue(), fc.constant(record), fc.constant(resultRow(record))));
    fc.assert(
      fc.property(rows, (values) => {
        const text = JSON.stringify(values);
        try {
          const { predictions, refused } = parse(text);
          expect(predictions.length + refused.length).toBe(values.length);
        } catch (error) {
          expect(error).toMatchObject({ code: "predictions-invalid" });
        }
      }),
    );
  });
});
