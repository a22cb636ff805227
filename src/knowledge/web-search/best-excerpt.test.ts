import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestExcerpt } from "./best-excerpt.ts";

const paragraph = (about: string) =>
  `${about} is told here in a sentence of its own, and then in a second one.`;
const page = ["The spine", "The heart", "Pleural effusion", "The meniscus of an effusion", "The knee"]
  .map(paragraph)
  .join("\n\n");

describe("the best excerpt", () => {
  it("is the paragraphs that speak of the query", () => {
    expect(bestExcerpt(page, "effusion meniscus")).toContain("The meniscus of an effusion");
    expect(bestExcerpt(page, "knee pain")).toBe(paragraph("The knee"));
  });

  it("is none where nothing speaks of it", () => {
    expect(bestExcerpt(page, "hepatitis")).toBeUndefined();
    expect(bestExcerpt("", "hepatitis")).toBeUndefined();
    expect(bestExcerpt(page, "the of and")).toBeUndefined();
  });

  it("is exactly words of the text, and never long, whatever the text", () => {
    const piece = fc.constantFrom("effusion ", "fluid ", "\n\n", "\n", "x".repeat(500), "The lung. ", " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join("");
        const found = bestExcerpt(text, "effusion fluid");
        if (found === undefined) return;
        expect(text).toContain(found);
        expect(found.length).toBeLessThanOrEqual(1_200);
        expect(found).toMatch(/effusion|fluid/);
      }),
    );
  });

  it("is found in a long page in short time", () => {
    const long = page.concat("\n\n").repeat(4_000);
    const began = performance.now();
    expect(bestExcerpt(long, "effusion meniscus")).toContain("meniscus");
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
