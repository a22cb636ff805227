import { describe, expect, it } from "vitest";
import { confusionOf, readClasses } from "./confusion.ts";

describe("confusionOf", () => {
  const confusion = confusionOf([
    { actual: "b", predicted: "b" },
    { actual: "b", predicted: "a" },
    { actual: "b", predicted: undefined },
    { actual: "c", predicted: "a" },
  ]);

  it("counts queries by class and vote, a class that was only voted for too", () => {
    expect(confusion).toEqual({
      classes: ["a", "b", "c"],
      counts: [
        [0, 0, 0],
        [1, 1, 0],
        [1, 0, 0],
      ],
      withoutVote: [0, 1, 0],
    });
  });

  it("gives recall and precision of each class, and null where there is nothing to divide by", () => {
    expect(readClasses(confusion)).toEqual([
      { class: "a", queries: 0, recall: null, precision: 0 },
      { class: "b", queries: 3, recall: 1 / 3, precision: 1 },
      { class: "c", queries: 1, recall: 0, precision: null },
    ]);
  });
});
