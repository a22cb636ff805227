import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer-text.ts";
import { markUnsupported } from "./mark-unsupported.ts";

const mark = (text: string, ...sentences: string[]) => {
  const read = readAnswer(text, { numbers: new Set([1, 2]), limit: 1000 });
  const { headline, paragraphs } = markUnsupported(read, sentences);
  return [headline, ...paragraphs]
    .flat()
    .flatMap((run) => (run.type === "text" && run.unsupported ? [run.text.trim()] : []));
};

describe("sentences that no evidence bears", () => {
  it("are marked, and no others", () => {
    const text = "An effusion. It is large [1]. It moves\nthe heart. [2]";
    expect(mark(text, "It moves\nthe heart.")).toEqual(["It moves\nthe heart."]);
    expect(mark(text)).toEqual([]);
  });

  it("are marked on both sides of a citation in them", () => {
    expect(mark("One. It is large [1] and blue [2].", "It is large [1] and blue [2].")).toEqual([
      "It is large",
      "and blue",
    ]);
  });
});
