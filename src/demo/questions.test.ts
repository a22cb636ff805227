import { describe, expect, it } from "vitest";
import { questionPhantoms } from "./question-phantoms.ts";
import { demoQuestions } from "./questions.ts";

describe("demoQuestions", () => {
  it("are an open image question, two with options and one on text alone", () => {
    const kinds = demoQuestions.map(({ image, options }) => [Boolean(image), options?.length ?? 0]);
    expect(kinds).toEqual([
      [true, 0],
      [true, 4],
      [true, 4],
      [false, 0],
    ]);
  });

  it("hold the finding that was drawn among their options, under labels A to D", () => {
    for (const { image, options } of demoQuestions) {
      if (!(image && options)) continue;
      const drawn = questionPhantoms[image as keyof typeof questionPhantoms].labels[0]?.name;
      expect(options.map(({ text }) => text)).toContain(drawn);
      expect(options.map(({ label }) => label)).toEqual(["A", "B", "C", "D"]);
    }
  });

  it("do not tell the finding by the name of the image", () => {
    for (const { image } of demoQuestions) expect(image ?? "question-0.png").toMatch(/^question-\d\.png$/);
  });

  it("have titles of their own", () => {
    expect(new Set(demoQuestions.map(({ title }) => title)).size).toBe(demoQuestions.length);
  });
});
