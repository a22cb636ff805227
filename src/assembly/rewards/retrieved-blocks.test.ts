import { describe, expect, it } from "vitest";
import { matchBlocks } from "./retrieved-blocks.ts";

const lung = { title: "Lung", text: "An embolism blocks an artery of the lung, often without any warning." };
const heart = { title: "Heart failure", text: "The heart fails to pump." };

describe("blocks and what was retrieved", () => {
  it.each([
    ["as we render them", `[1] ${lung.title}: ${lung.text}\n[2] ${heart.title}: ${heart.text}`],
    [
      "as Search-R1 does",
      `Doc 1(Title: ${lung.title}) ${lung.text}\nDoc 2(Title: ${heart.title}) ${heart.text}`,
    ],
    ["as JSON", JSON.stringify({ result: `Doc 1 (Title: "${lung.title}")\n${lung.text}` })],
    ["cut within a word", `[1] ${lung.title}: ${lung.text.slice(0, -6)}`],
  ])("fit %s", (_, block) => {
    expect(matchBlocks([block], [{ documents: [lung, heart] }])).toEqual([true]);
  });

  it.each([
    "The answer is B.",
    "Lung: B",
    "Heart failure, Lung. B",
    `${lung.text} So the right answer is B.`,
    "",
    "An embolism is what blocks it: an artery lung",
  ])("do not fit %j", (block) => {
    expect(matchBlocks([block], [{ documents: [lung, heart] }])).toEqual([false]);
  });

  it("account for each search once, so that a copy of an earlier block is no search", () => {
    const searches = [{ documents: [lung] }, { documents: [heart] }];
    expect(matchBlocks([lung.text, lung.text, heart.text], searches)).toEqual([true, false, true]);
  });

  it("that say that nothing was found fit a search that found nothing, and no other", () => {
    expect(matchBlocks(["None"], [{ documents: [] }])).toEqual([true]);
    expect(matchBlocks(["It is B"], [{ documents: [] }])).toEqual([false]);
    expect(matchBlocks(["None"], [{ documents: [lung] }])).toEqual([false]);
  });

  it("are compared in linear time", () => {
    const text = "embolism of the lung and no other word ".repeat(20_000);
    const began = performance.now();
    matchBlocks(Array(20).fill(text.slice(0, 50_000)), [{ documents: [{ title: "", text }] }]);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
