import { describe, expect, it } from "vitest";
import { createGoldQuestions } from "./gold-questions.ts";

const make = (...questions: string[]) =>
  createGoldQuestions(questions.map((question) => ({ question, options: [], gold: { sources: [] } })));

describe("questions within a prompt", () => {
  it("are found where they stand, the longest of those that begin alike", () => {
    const questions = make("What is the diagnosis?", "What is the diagnosis? Consider the age.", "Short?");
    const text = "User: What is the diagnosis? Consider the age. Assistant:";
    const { found, end } = questions.find(text)!;
    expect([found.question, text.slice(end)]).toEqual([
      "What is the diagnosis? Consider the age.",
      " Assistant:",
    ]);
    expect(questions.find("Short? Nothing else.")).toBeUndefined();
  });

  it("are the first ones, so that a model can't choose its question", () => {
    const questions = make("A hard question of this set.", "An easy question of this set.");
    const text = "A hard question of this set. <answer>An easy question of this set.</answer>";
    expect(questions.find(text)?.found.question).toBe("A hard question of this set.");
  });
});
