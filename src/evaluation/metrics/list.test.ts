import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { retrievalMetrics } from "./list.ts";

describe("the list of metrics", () => {
  it("holds every metric of this folder once, by a name of its own", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => /^(?!list)[a-z-]+\.ts$/.test(file));
    expect(new Set(retrievalMetrics).size).toBe(files.length);
    expect(new Set(retrievalMetrics.map(({ name }) => name)).size).toBe(files.length);
  });

  it("gives a perfect ranking 1 and an empty one 0", () => {
    const judgments = new Map([
      ["a", 2],
      ["b", 1],
    ]);
    for (const { name, score } of retrievalMetrics) {
      expect(score({ documents: ["a", "b"], judgments, cutoff: 10 }), name).toBe(1);
      expect(score({ documents: [], judgments, cutoff: 10 }), name).toBe(0);
    }
  });
});
