import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer-text.ts";

const numbers = new Set([1, 2, 3]);
const read = (text: string) => readAnswer(text, { numbers, limit: 20_000 });

describe("an answer", () => {
  it("begins with its first sentence as the headline, with that sentence's citations", () => {
    const { headline, paragraphs } = read("An effusion is likely. [1][2] It hides the diaphragm. [3]");
    expect(headline).toEqual([
      { type: "text", text: "An effusion is likely.", cited: true },
      { type: "citation", number: 1 },
      { type: "citation", number: 2 },
    ]);
    expect(paragraphs).toEqual([
      [
        { type: "text", text: " It hides the diaphragm.", cited: true },
        { type: "citation", number: 3 },
      ],
    ]);
  });

  it("knows which sentences cite nothing", () => {
    const { paragraphs } = read("Pneumonia. It may be small. One view does not settle it. [1]");
    expect(paragraphs[0]?.slice(0, 2)).toEqual([
      { type: "text", text: "It may be small. ", cited: false },
      { type: "text", text: "One view does not settle it.", cited: true },
    ]);
  });

  it("takes a citation before the full stop as the sentence's own", () => {
    const { headline } = read("Five cases match [1]. The rest do not.");
    expect(headline).toEqual([
      { type: "text", text: "Five cases match", cited: true },
      { type: "citation", number: 1 },
      { type: "text", text: ".", cited: true },
    ]);
  });

  it("leaves a citation of evidence that does not exist as text", () => {
    const { headline } = read("It is so [9].");
    expect(headline).toEqual([{ type: "text", text: "It is so [9].", cited: false }]);
  });

  it("ends its first sentence where the next begins with a number", () => {
    const { headline } = read("Most consistent with an effusion. 3 of the 11 cases carry it. [1]");
    expect(headline).toEqual([{ type: "text", text: "Most consistent with an effusion. ", cited: false }]);
  });

  it("has the chosen option as its headline", () => {
    const { headline, paragraphs } = readAnswer("C. Pneumothorax. 4 of 11 cases carry it. [1]", {
      numbers,
      limit: 1000,
      lead: "C. Pneumothorax",
    });
    expect(headline).toEqual([{ type: "text", text: "C. Pneumothorax.", cited: false }]);
    expect(paragraphs[0]?.[0]).toEqual({ type: "text", text: " 4 of 11 cases carry it.", cited: true });
  });

  it("has no headline where its first sentence is long, and reads only to its limit", () => {
    const { headline, paragraphs, left } = read("x".repeat(1_000_000));
    expect(headline).toEqual([]);
    expect(paragraphs[0]).toHaveLength(1);
    expect(left).toBe(980_000);
  });

  it("loses no word, whatever the model writes", () => {
    const word = fc.constantFrom("a", "B.", "[1]", "[9]", "\n\n", " ", "[", "1]", "(c)", "!", "<b>", "Dr.");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join(" ");
        const { headline, paragraphs } = read(text);
        const shown = [headline, ...paragraphs]
          .flat()
          .map((run) => (run.type === "text" ? run.text : `[${run.number}]`))
          .join("");
        expect(shown.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });
});
