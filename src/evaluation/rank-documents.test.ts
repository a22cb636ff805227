import { describe, expect, it } from "vitest";
import type { PassageRetriever, RetrievedPassage } from "./ports.ts";
import { rankDocuments, searchDocuments } from "./rank-documents.ts";

describe("rankDocuments", () => {
  it("ranks a document by its first passage, once", () => {
    const passages = ["b", "c", "b", "a", "c"].map((document) => ({ document, score: 1 }));
    expect(rankDocuments(passages)).toEqual(["b", "c", "a"]);
  });

  it("keeps the retriever's order, whatever the scores: those of two stages are not of one scale", () => {
    const reranked = [
      { document: "z", score: -3 },
      { document: "a", score: 12 },
      { document: "m", score: 0.5 },
    ];
    expect(rankDocuments(reranked)).toEqual(["z", "a", "m"]);
  });
});

function retrieverOf(passages: readonly RetrievedPassage[]): PassageRetriever & { asked: number[] } {
  const asked: number[] = [];
  return {
    name: "fixed",
    asked,
    search: async ({ top }) => {
      asked.push(top);
      return passages.slice(0, top);
    },
  };
}

describe("searchDocuments", () => {
  const long = Array.from({ length: 10 }, (_, index) => ({ document: "long", score: 100 - index }));
  const short = Array.from({ length: 10 }, (_, index) => ({ document: `short-${index}`, score: 50 - index }));

  it("asks for more passages while a long document takes the places of others", async () => {
    const retriever = retrieverOf([...long, ...short]);
    expect(await searchDocuments({ retriever, query: "x", top: 3 })).toEqual(["long", "short-0", "short-1"]);
    expect(retriever.asked).toEqual([6, 12]);
  });

  it("ends where the retriever has no more", async () => {
    const retriever = retrieverOf(long);
    expect(await searchDocuments({ retriever, query: "x", top: 4 })).toEqual(["long"]);
    expect(retriever.asked).toEqual([8, 16]);
  });

  it("ends with a retriever that never does", async () => {
    const retriever: PassageRetriever = {
      name: "endless",
      search: async ({ top }) => Array.from({ length: top }, () => ({ document: "only", score: 1 })),
    };
    expect(await searchDocuments({ retriever, query: "x", top: 10 })).toEqual(["only"]);
  });
});
