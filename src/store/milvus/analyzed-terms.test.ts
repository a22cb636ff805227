import { describe, expect, it } from "vitest";
import { analyzedTerms } from "./analyzed-terms.ts";

describe("the terms that Milvus indexes", () => {
  it("are stems without stop words", () => {
    expect(analyzedTerms("The effusions of the LUNG, and a nodule.")).toBe("effus lung nodul");
  });

  it("are small letters and digits alone, whatever the text is written in", () => {
    const terms = analyzedTerms("β-blockers, Sjögren, 胸水, हृदय, T2_weighted");
    expect(terms).toMatch(/^[\da-z]+( [\da-z]+)*$/);
    expect(terms).toContain("sjogren");
    expect(new Set(terms.split(" ")).size).toBe(terms.split(" ").length);
  });

  it("are none where a text has none", () => {
    for (const text of ["", "the of and", '"()*', "\u0000"]) expect(analyzedTerms(text)).toBe("");
  });
});
