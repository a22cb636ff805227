import { describe, expect, it } from "vitest";
import { asksForException } from "./exception-question.ts";

describe("a question that asks for what is not so", () => {
  it.each([
    "All of these are causes of gout, except",
    "Which of these is NOT a branch of the aorta?",
    "A man coughs. Which drug is least likely to help?",
    "Which statement on the liver is false?",
    "Which of these doesn’t cross the placenta?",
  ])("is known: %s", (question) => expect(asksForException(question)).toBe(true));

  it.each([
    "Which of these is a branch of the aorta?",
    "A man who does not smoke coughs. Which drug helps?",
    "Which disease lasts at least six weeks?",
    "What is a knot?",
    "",
  ])("is not mistaken: %j", (question) => expect(asksForException(question)).toBe(false));
});
