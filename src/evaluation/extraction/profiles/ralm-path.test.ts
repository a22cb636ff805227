import { describe, expect, it } from "vitest";
import { cleanAnswer, elementLabel, firstCharacterLabel, ralmPath } from "./ralm-path.ts";

const options = [..."ABCDEFGHIJKLM"].map((label) => ({ label, text: `class ${label}` }));

describe("the first character that RALM-Path's scorer reads", () => {
  it.each([
    ["B", "b"],
    ["b", "b"],
    ["B: text", "b"],
    ["Based on the image", "b"],
    ["The answer is B.", "t"],
    ["Answer: C", "a"],
    ["M", "m"],
    [" B", ""],
    ["(B)", ""],
    ["**B**", "*"],
    [":B", ":"],
    [".B", ""],
    ["Ｂ", "ｂ"],
    ["😀", "😀"],
    ["", null],
  ])("of %j is %j", (output, label) => {
    expect(firstCharacterLabel(output)).toBe(label);
  });

  it("is an option, or unparsed", () => {
    expect(ralmPath.extract("Because", options)).toMatchObject({ state: "parsed", label: "B" });
    expect(ralmPath.extract("mast cell tumor", options)).toMatchObject({ label: "M", text: "class M" });
    expect(ralmPath.extract("The answer is B", options)).toEqual({ state: "unparsed" });
    expect(ralmPath.extract("C", options.slice(0, 2))).toEqual({ state: "unparsed" });
    expect(ralmPath.extract("", options)).toEqual({ state: "unparsed" });
  });
});

describe("the scorer's own cleaning", () => {
  // As its Python code gives them.
  it.each([
    ["The answer: B.", "b"],
    ["'B'", "b"],
    ["(B)", "b"],
    ["B) text", "b text"],
    ["a-b", "a b"],
    ["a - b", "a  b"],
    ["1,000 a-b", "1000 ab"],
    ["1.5 mm.", "1.5 mm"],
    [`${".".repeat(33)}b`, ".b"],
    ["answer:\tthis", "this"],
    // Digits of any script.
    ["1.٢ - ١,٢", "1.٢  ١٢"],
  ])("makes %j to %j", (answer, cleaned) => {
    expect(cleanAnswer(answer)).toBe(cleaned);
  });

  it("reads an element that is a whole text up to its colons", () => {
    expect([elementLabel("B: text"), elementLabel("x: c: yes"), elementLabel("no label")]).toEqual([
      ...["b", "c", "no label"],
    ]);
  });
});
