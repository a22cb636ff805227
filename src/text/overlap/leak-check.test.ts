import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { leakReason } from "./leak.ts";
import { createLeakCheck } from "./leak-check.ts";
import type { TestQuestion } from "./question-words.ts";

const faint = { set: "s", id: "q", contained: false, longestRun: 0, covered: 0, similarity: 0 };

describe("leakReason", () => {
  it.each([
    [{ contained: true, longestRun: 13, covered: 1, similarity: 1 }, "contained"],
    [{ longestRun: 13, covered: 0.05 }, "13-gram"],
    [{ longestRun: 12, covered: 0.51, similarity: 0.9 }, "n-gram-share"],
    [{ longestRun: 12, covered: 0.5, similarity: 0.51 }, "near-duplicate"],
    [{ longestRun: 12, covered: 0.5, similarity: 0.5 }, null],
  ])("of %j is %s", (overlap, reason) => {
    expect(leakReason({ ...faint, ...overlap }, 0.5)).toBe(reason);
  });
});

describe("a leak check", () => {
  const asked: TestQuestion[] = [
    { set: "one", id: "1", question: "Does the new drug lower the risk of early stroke?", answer: "yes" },
    {
      set: "one",
      id: "2",
      question: "Which nerve is at risk in surgery of the parotid gland?",
      answer: null,
    },
    { set: "two", id: "3", question: "Short question?", answer: null },
  ];

  it("counts each question once, by the strongest reason, over all texts", () => {
    const leaks = createLeakCheck(asked);
    const edited = "Indeed the new drug lower the risk of early.";
    expect(leaks.check(edited)).toMatchObject([{ id: "1", reason: "n-gram-share" }]);
    expect(leaks.check(asked[0]!.question)).toMatchObject([{ id: "1", reason: "contained" }]);
    expect(leaks.check(edited)).toHaveLength(1);
    expect(leaks.check("The facial nerve runs through the gland.")).toEqual([]);
    expect(leaks.summarize()).toEqual([
      {
        set: "one",
        questions: 2,
        tooShort: 0,
        touched: 1,
        share: 0.5,
        reasons: { contained: 1, "13-gram": 0, "n-gram-share": 0, "near-duplicate": 0 },
      },
      expect.objectContaining({ set: "two", questions: 1, tooShort: 1, touched: 0, share: 0 }),
    ]);
  });

  it("lets more pass with a higher maximum", () => {
    const edited = "Indeed the new drug lower the risk of early.";
    expect(createLeakCheck(asked, { maximum: 0.8 }).check(edited)).toEqual([]);
  });
});

const mirage = "../shared/data/qa_mirage/manifest.jsonl";
describe.skipIf(!existsSync(mirage))("on MIRAGE (skipped where ../shared/data is absent)", () => {
  it("finds each planted question of over twelve words, also with a word changed", () => {
    const questions: TestQuestion[] = readFileSync(mirage, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { id: string; question: string })
      .map(({ id, question }) => ({ set: "mirage", id, question, answer: null }));
    const leaks = createLeakCheck(questions);
    const planted = questions.filter(({ question }) => question.split(/\s+/).length > 12).slice(0, 400);
    for (const { id, question } of planted) {
      const words = question.split(/\s+/);
      const found = leaks.check(`It is often asked: ${question} The answer follows.`);
      expect(found.map((leak) => leak.id)).toContain(id);
      words[words.length - 2] = "something";
      expect(leaks.check(words.join(" ")).map((leak) => leak.id)).toContain(id);
    }
  });
});
