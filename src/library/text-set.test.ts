import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextSet } from "./text-set.ts";

describe("a set of texts", () => {
  it("has what was added, and nothing else, whatever the texts are", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (added, others) => {
        const set = createTextSet();
        for (const text of added) set.add(text);
        const truth = new Set(added);
        for (const text of [...added, ...others]) expect(set.has(text)).toBe(truth.has(text));
      }),
    );
  });

  it("keeps all of many thousands while it grows", () => {
    const set = createTextSet();
    for (let n = 0; n < 20_000; n++) set.add(`text ${n}`);
    const missing = Array.from({ length: 20_000 }, (_, n) => `text ${n}`).filter((text) => !set.has(text));
    expect(missing).toEqual([]);
    const claimed = Array.from({ length: 20_000 }, (_, n) => `other ${n}`).filter((text) => set.has(text));
    expect(claimed).toEqual([]);
  });
});
