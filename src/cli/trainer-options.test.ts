import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addSimilarityOptions, readSimilarityOptions, type SimilarityOptions } from "./similarity-options.ts";
import { addTrainerOptions, readTrainerOptions, type TrainerOptions } from "./trainer-options.ts";

function parse(...words: string[]): TrainerOptions & SimilarityOptions {
  const command = addSimilarityOptions(addTrainerOptions(new Command("serve")));
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  return command.parse(words, { from: "user" }).opts();
}

describe("the options of a server for trainers", () => {
  it("leave the server's defaults where nothing is given", () => {
    expect(readTrainerOptions(parse())).toEqual({ limits: {} });
    expect(readSimilarityOptions(parse())).toEqual({});
  });

  it("become limits, an alarm, and the similarity service with several folders", () => {
    const words =
      "--empty-alarm 0.9 --batch-queries 20 --batch-top 5 --batch-passages 60 --query-characters 300";
    expect(readTrainerOptions(parse(...words.split(" ")))).toEqual({
      emptyResultsAlarm: { share: 0.9 },
      limits: { batchQueries: 20, batchTop: 5, batchPassages: 60, queryCharacters: 300 },
    });
    const given = parse("--image-text", "onnx:./clip", "--similarity-images", "a", "b");
    expect(readSimilarityOptions(given)).toEqual({
      similarity: { source: "onnx:./clip", folders: ["a", "b"] },
    });
  });

  it.each(["0", "1.1", "x", " ", "-0.5"])("refuse an alarm at %j", (share) => {
    expect(() => parse("--empty-alarm", share)).toThrow("above 0 and at most 1");
  });

  it.each(["0", "-1", "1.5", "x", ""])("refuse a limit of %j", (value) => {
    expect(() => parse("--batch-top", value)).toThrow("whole number above 0");
  });

  it.each([
    ["--image-text", "onnx:a"],
    ["--similarity-images", "a"],
  ])("refuse %s without its other half", (...words) => {
    expect(() => readSimilarityOptions(parse(...words))).toThrow("go together");
  });
});
