import { describe, expect, it } from "vitest";
import { readExplanation } from "./explanation.ts";

describe("readExplanation", () => {
  it("reads a row of MedMCQA without its right answer", () => {
    const row = {
      id: "row-1",
      question: "Which one?",
      opa: "One",
      opb: "Two",
      opc: "Three",
      opd: "Four",
      cop: 2,
      exp: "Because of two.",
      subject_name: "Anatomy",
      topic_name: null,
    };
    expect(readExplanation(row)).toEqual({
      id: "row-1",
      text: "Because of two.",
      question: "Which one?",
      options: ["One", "Two", "Three", "Four"],
      subject: "Anatomy",
    });
  });

  it.each(["explanation", "exp", "rationale", "text"])("takes the text from %s", (field) => {
    expect(readExplanation({ _id: 7, [field]: "Because." })).toEqual({
      id: "7",
      text: "Because.",
      question: null,
      options: [],
      subject: null,
    });
  });

  it.each([[{ A: "One", B: "Two" }], [["One", "Two"]]])("reads options from %j", (options) => {
    expect(readExplanation({ id: "1", text: "x", options })?.options).toEqual(["One", "Two"]);
  });

  it("gives a row without an id the same id whenever it is read, and another row another", () => {
    const first = readExplanation({ text: "Because." })?.id;
    expect(first).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(readExplanation({ text: "Because." })?.id).toBe(first);
    expect(readExplanation({ text: "Because.", question: "Why?" })?.id).not.toBe(first);
  });

  it("is null without an explanation, and refuses fields of the wrong kind", () => {
    expect(readExplanation({ question: "Which?", exp: null })).toBeNull();
    expect(readExplanation({ exp: " " })).toBeNull();
    const refused = expect.objectContaining({ code: "row-invalid" });
    expect(() => readExplanation({ exp: 5 })).toThrow(refused);
    expect(() => readExplanation({ exp: "x", options: [1] })).toThrow(refused);
    expect(() => readExplanation({ exp: "x", options: "A, B" })).not.toThrow();
  });
});
