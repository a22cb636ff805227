import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Passage } from "#contracts";
import { type Collection, openLanceStore, type Store } from "#store";
import { wordEmbedder } from "../../../test/support/word-embedder.ts";
import {
  embeddedText,
  passageCollection,
  passageRow,
  passageVectorCollection,
  passageVectorRow,
} from "../passage-collection.ts";
import type { Reranker } from "../ports.ts";
import { createPassageSearch, type PassageSearchParts } from "./passage-retrieval.ts";
import { bm25 } from "./retrievers/bm25.ts";
import { dense } from "./retrievers/dense.ts";
import { hybrid } from "./retrievers/hybrid.ts";
import { retrievers } from "./retrievers/list.ts";
import { medrag } from "./retrievers/medrag.ts";
import { readSynonyms } from "./synonyms.ts";

const texts: Record<string, string> = {
  effusion: "A pleural effusion blunts the costophrenic angle.",
  pneumonia: "Pneumonia is an infection of the lung with consolidation.",
  infarction: "Myocardial infarction is death of heart muscle.",
  fracture: "A fracture is a break of the bone.",
};
const passages: Passage[] = ["textbooks", "articles"].flatMap((corpus) =>
  Object.entries(texts).map(([id, text]) => ({
    id: `${corpus}/${id}#1`,
    corpus,
    title: corpus === "textbooks" ? id : "Report",
    headings: [],
    text,
    source: { file: "f", document: id, start: 0, end: text.length },
    metadata: id === "infarction" ? { synonyms: ["heart attack"] } : {},
  })),
);
const embedder = wordEmbedder();
let folder: string;
let store: Store;
let collection: Collection;
let vectors: PassageSearchParts["vectors"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-retrieval-"));
  store = await openLanceStore(folder);
  collection = await store.open(passageCollection);
  await collection.insert(passages.map((passage) => passageRow({ passage, contentHash: passage.id })));
  const schema = passageVectorCollection({ name: "vectors", dimension: embedder.dimension });
  const made = await store.open(schema);
  const embedded = await embedder.embedPassages(passages.map(embeddedText));
  const rows = passages.map((passage, index) =>
    passageVectorRow({ passage, vector: embedded[index] as Float32Array }),
  );
  await made.insert(rows);
  vectors = [{ embedder, collection: made }];
});
afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const make = (parts: Partial<PassageSearchParts> = {}) =>
  createPassageSearch({
    retriever: hybrid,
    passages: collection,
    vectors,
    corpora: ["textbooks", "articles"],
    ...parts,
  });
const search = async (query: string, parts: Partial<PassageSearchParts> = {}, top = 3) =>
  (await make(parts).search({ queries: [query], top }))[0] ?? [];

describe.each(retrievers)("the retriever $name", (retriever) => {
  it("finds what a query speaks of, best first, as many as are asked for", async () => {
    const hits = await search("infection of the lung", { retriever });
    expect(hits[0]?.passage.source.document).toBe("pneumonia");
    expect(hits.length).toBeLessThanOrEqual(3);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    expect(await search("infection of the lung", { retriever }, 1)).toEqual(hits.slice(0, 1));
  });

  it("answers a batch in the order of its queries, as it answers them alone", async () => {
    const queries = ["broken bone fracture", "  ", "death of heart muscle"];
    const found = await make({ retriever }).search({ queries, top: 2 });
    expect(found).toEqual([
      await search(queries[0] as string, { retriever }, 2),
      [],
      await search(queries[2] as string, { retriever }, 2),
    ]);
    expect(await make({ retriever }).search({ queries, top: 0 })).toEqual([[], [], []]);
  });

  it("finds passages of the named corpora alone", async () => {
    const [hits = []] = await make({ retriever }).search({
      queries: ["lung"],
      top: 8,
      corpora: ["articles"],
    });
    expect(new Set(hits.map(({ passage }) => passage.corpus))).toEqual(new Set(["articles"]));
  });
});

describe("stages", () => {
  it("say what each leg and the fusion made of a passage, and leave out the leg that did not have it", async () => {
    const [first] = await search("infection of the lung");
    expect(first?.stages.map(({ stage, rank }) => [stage, rank])).toEqual([
      ["bm25", 1],
      [`dense ${embedder.id}`, 1],
      ["fusion", 1],
    ]);
    expect(first?.score).toBe(first?.stages.at(-1)?.score);
    const hits = await search("infection of the lung", {}, 8);
    const last = hits.at(-1);
    expect(last?.stages.map(({ stage }) => stage)).toEqual([`dense ${embedder.id}`, "fusion"]);
  });

  it("of a single leg hold no fusion", async () => {
    const [first] = await search("lung", { retriever: bm25 });
    expect(first?.stages.map(({ stage }) => stage)).toEqual(["bm25"]);
  });
});

describe("a reranker", () => {
  /** Longest text first, which no leg would rank so. */
  const byLength: Reranker = {
    id: "length",
    rerank: async ({ passages: given }) => given.map(({ text }) => text.length),
  };

  it("orders the first passages anew and leaves the others behind them", async () => {
    const before = await search("infection of the lung", {}, 8);
    const after = await search("infection of the lung", { reranker: byLength, rerankDepth: 4 }, 8);
    const ids = (hits: typeof before) => hits.map(({ passage }) => passage.id);
    const lengths = after.slice(0, 4).map(({ passage }) => passage.text.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(new Set(ids(after).slice(0, 4))).toEqual(new Set(ids(before).slice(0, 4)));
    expect(ids(after).slice(4)).toEqual(ids(before).slice(4));
    expect(after[0]?.stages.at(-1)).toEqual({ stage: "rerank length", rank: 1, score: lengths[0] });
  });

  it("judges more passages than are asked for", async () => {
    const [first] = await search("infection of the lung", { reranker: byLength }, 1);
    const longest = Math.max(...passages.map(({ text }) => text.length));
    expect(first?.passage.text.length).toBe(longest);
  });

  it("is not asked where nothing was found", async () => {
    const reranker: Reranker = { id: "never", rerank: () => Promise.reject(new Error("asked")) };
    expect(await search("zebra", { retriever: bm25, reranker })).toEqual([]);
  });
});

describe("a search", () => {
  it("embeds the queries of one request together", async () => {
    const own = wordEmbedder();
    const parts = { vectors: vectors.map((each) => ({ ...each, embedder: own })) };
    await make(parts).search({ queries: ["lung", "", "bone", "heart"], top: 2 });
    expect(own.embedded).toEqual({ queries: 3, passages: 0, calls: 1 });
  });

  it("rejects where the embedder or the reranker fails, and never leaves a leg out in silence", async () => {
    const down = new Error("down");
    const broken = { ...embedder, embedQueries: () => Promise.reject(down) };
    const failing = { vectors: vectors.map((each) => ({ ...each, embedder: broken })) };
    await expect(search("lung", failing)).rejects.toBe(down);
    const reranker: Reranker = { id: "broken", rerank: () => Promise.reject(down) };
    await expect(search("lung", { reranker })).rejects.toBe(down);
  });

  it("searches the vectors of several embedders as legs of their own", async () => {
    const second = wordEmbedder({ id: "second" });
    const schema = passageVectorCollection({ name: "second", dimension: second.dimension });
    const made = await store.open(schema);
    const embedded = await second.embedPassages(passages.map(embeddedText));
    await made.insert(
      passages.map((passage, index) =>
        passageVectorRow({ passage, vector: embedded[index] as Float32Array }),
      ),
    );
    const both = [...vectors, { embedder: second, collection: made }];
    for (const retriever of [dense, hybrid]) {
      const [first] = await search("infection of the lung", { retriever, vectors: both });
      expect(first?.passage.source.document).toBe("pneumonia");
      expect(first?.stages.map(({ stage }) => stage)).toContain("dense second");
    }
  });

  it("passes over vectors whose passage has gone and fills their places", async () => {
    const gone = { ...(passages[0] as Passage), id: "gone" };
    const [vector] = await embedder.embedQueries(["infection of the lung"]);
    await vectors[0]?.collection.insert([
      passageVectorRow({ passage: gone, vector: vector as Float32Array }),
    ]);
    const hits = await search("infection of the lung", { retriever: dense }, 2);
    await vectors[0]?.collection.remove({ type: "equals", column: "id", value: "gone" });
    expect(hits).toHaveLength(2);
    expect(hits[0]?.passage.source.document).toBe("pneumonia");
  });

  it("looks for the synonyms of what the query names, by words alone", async () => {
    const synonyms = await readSynonyms(passages);
    const retriever = bm25;
    expect(await search("heart attack", { retriever, synonyms }, 1)).toMatchObject([
      { passage: { source: { document: "infarction" } } },
    ]);
    expect(make({ retriever, synonyms }).name).toBe("bm25+synonyms");
  });
});

it("MedRAG's fusion takes as many passages of each corpus, merged by raw score before ranks count", async () => {
  const asked: unknown[] = [];
  const watched: Collection = {
    ...collection,
    searchTerms: (request) => {
      asked.push([request.filter, request.top]);
      return collection.searchTerms(request);
    },
  };
  const hits = await search("infection of the lung", { retriever: medrag, passages: watched }, 60);
  const ofCorpus = (value: string) => ({ type: "equals", column: "corpus", value });
  expect(asked).toEqual([
    [ofCorpus("textbooks"), 120],
    [ofCorpus("articles"), 120],
  ]);
  const terms = hits.flatMap(({ stages }) => stages.filter(({ stage }) => stage === "bm25"));
  terms.sort((a, b) => a.rank - b.rank);
  expect(terms.map(({ rank }) => rank)).toEqual(terms.map((_, index) => index + 1));
  expect(terms.map(({ score }) => score)).toEqual(terms.map(({ score }) => score).sort((a, b) => b - a));
  const [first] = hits;
  const expected = first?.stages.slice(0, 2).reduce((sum, { rank }) => sum + 1 / (100 + rank), 0);
  expect(first?.score).toBeCloseTo(expected ?? 0, 12);
});
