import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTermSearch, type Hit } from "./term-index.ts";
import { createTermIndexBuilder } from "./term-index-builder.ts";

/** BM25 as the formula has it: k1 1.2, b 0.75, and the inverse document frequency that is never negative. */
function naiveSearch(texts: readonly string[], query: string): Hit[] {
  const documents = texts.map((text) => text.split(" ").filter((word) => word !== ""));
  const average = documents.reduce((sum, words) => sum + words.length, 0) / documents.length;
  return documents
    .map((words, document) => {
      let score = 0;
      for (const term of query.split(" ")) {
        const frequency = words.filter((word) => word === term).length;
        const holding = documents.filter((other) => other.includes(term)).length;
        const weight = Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
        const norm = 1.2 * (0.25 + (0.75 * words.length) / average);
        if (frequency > 0) score += (weight * 2.2 * frequency) / (frequency + norm);
      }
      return { document, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.document - b.document);
}

async function searchOf(texts: readonly string[]) {
  const builder = createTermIndexBuilder();
  for (const text of texts) builder.add(text);
  return createTermSearch(await builder.finish(() => undefined), (a, b) => a < b);
}

/** Words that are their own terms, of which the first are far more frequent. */
const words = Array.from({ length: 40 }, (_, n) => `w${n}`);
const word = fc.nat({ max: 39 * 39 }).map((n) => words[39 - Math.floor(Math.sqrt(n))] ?? "w0");
const text = fc.array(word, { maxLength: 12 }).map((found) => found.join(" "));
const query = fc.array(word, { minLength: 1, maxLength: 8 }).map((found) => found.join(" "));

describe("a search by terms in memory", () => {
  it("finds what BM25 ranks first, with its scores, in any corpus", async () => {
    const corpus = fc.array(text, { minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(corpus, fc.array(query, { minLength: 1, maxLength: 5 }), async (texts, queries) => {
        const search = await searchOf(texts);
        for (const asked of queries) {
          const expected = naiveSearch(texts, asked);
          for (const top of [1, 3, 1000]) {
            const found = search(asked, top);
            expect(found.length).toBe(Math.min(top, expected.length));
            found.forEach((hit, rank) => {
              expect(hit.score).toBeCloseTo(expected[rank]?.score ?? 0, 4);
              const own = expected.find(({ document }) => document === hit.document);
              expect(own?.score).toBeCloseTo(hit.score, 4);
            });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("ranks documents of the same words by what comes first", async () => {
    const search = await searchOf(["lung", "heart lung", "lung", "heart", "lung"]);
    expect(search("lung", 2).map(({ document }) => document)).toEqual([0, 2]);
    expect(search("lung", 9).map(({ document }) => document)).toEqual([0, 2, 4, 1]);
  });

  it("gives the same scores whether it is asked for few or for all", async () => {
    const texts = Array.from({ length: 5_000 }, (_, n) =>
      [`common ${n % 3 ? "often" : ""}`, n % 50 ? "" : "seldom", n % 700 ? "" : "rare", `n${n}`].join(" "),
    );
    const search = await searchOf(texts);
    const all = search("common often seldom rare n1400", 5_000);
    for (const top of [1, 5, 8, 50, 500]) {
      expect(search("common often seldom rare n1400", top)).toEqual(all.slice(0, top));
    }
    expect(all[0]?.document).toBe(1400);
  });

  it("finds nothing where no term is known, and nothing in nothing", async () => {
    expect((await searchOf(["lung"]))("the heart", 3)).toEqual([]);
    expect((await searchOf([]))("lung", 3)).toEqual([]);
    expect((await searchOf(["", ""]))("lung", 3)).toEqual([]);
  });
});
