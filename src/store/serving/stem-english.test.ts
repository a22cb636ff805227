import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stemEnglish } from "./stem-english.ts";

describe("the stem of an English word", () => {
  it.each([
    // Each rule of the algorithm, as the reference implementation (Snowball 3) has it.
    ["effusions", "effus"],
    ["masses", "mass"],
    ["ties", "tie"],
    ["biopsies", "biopsi"],
    ["gas", "gas"],
    ["kiwis", "kiwi"],
    ["virus", "virus"],
    ["agreed", "agre"],
    ["feed", "feed"],
    ["luxuriated", "luxuri"],
    ["hopping", "hop"],
    ["hoping", "hope"],
    ["added", "add"],
    ["filing", "file"],
    ["failing", "fail"],
    ["sized", "size"],
    ["vying", "vie"],
    ["dyed", "dy"],
    ["cry", "cri"],
    ["by", "by"],
    ["say", "say"],
    ["youth", "youth"],
    ["conditional", "condit"],
    ["relational", "relat"],
    ["vietnamization", "vietnam"],
    ["radiologists", "radiolog"],
    ["pathologically", "patholog"],
    ["possibly", "possibl"],
    ["hopefulness", "hope"],
    ["formative", "format"],
    ["electrical", "electr"],
    ["goodness", "good"],
    ["adjustment", "adjust"],
    ["replacement", "replac"],
    ["adoption", "adopt"],
    ["region", "region"],
    ["probate", "probat"],
    ["cease", "ceas"],
    ["controlling", "control"],
    ["roll", "roll"],
    ["general", "general"],
    ["organism", "organism"],
    ["organ", "organ"],
    ["international", "internat"],
    ["paste", "paste"],
    ["skies", "sky"],
    ["proceeded", "proceed"],
    ["evening", "evening"],
    ["ct", "ct"],
  ])("of %s is %s", (word, stem) => {
    expect(stemEnglish(word)).toBe(stem);
  });

  it("is never longer than the word and one letter, and holds no capital, whatever the word", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0é"), maxLength: 20 });
    fc.assert(
      fc.property(word, (text) => {
        const stem = stemEnglish(text);
        expect(stem.length).toBeLessThanOrEqual(text.length + 1);
        expect(stem).toBe(stem.toLowerCase());
      }),
    );
  });
});
