import { describe, expect, it } from "vitest";
import { weighTerms } from "./term-weights.ts";

const sets = (...texts: string[]) => texts.map((text) => new Set(text.split(" ")));
const wanted = new Set(["lung", "sulcus"]);
const present = new Set(["sulcus"]);

describe("the weight of a term", () => {
  it("is higher the fewer texts have it", () => {
    const weights = weighTerms(sets("lung sulcus", "lung", "lung"));
    const [rare, common] = [Math.log(1 + 3 / 1.5), Math.log(1 + 3 / 3.5)];
    expect(weights.coverage(wanted, present)).toBeCloseTo(rare / (rare + common), 9);
  });

  it("is not lowered by texts that the term itself found", () => {
    const texts = sets("lung sulcus", "lung sulcus", "lung");
    const found = weighTerms(texts, sets("sulcus", "sulcus", "x"));
    const [rare, common] = [Math.log(1 + 1 / 0.5), Math.log(1 + 3 / 3.5)];
    expect(found.coverage(wanted, present)).toBeCloseTo(rare / (rare + common), 9);
    expect(weighTerms(texts).coverage(wanted, present)).toBeLessThan(found.coverage(wanted, present));
  });

  it("counts where every text was found by the term, and is nothing where nothing is wanted", () => {
    const weights = weighTerms(sets("lung"), sets("lung"));
    expect(weights.coverage(new Set(["lung"]), new Set(["lung"]))).toBe(1);
    expect(weights.coverage(new Set(), present)).toBe(0);
  });
});
