import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPassageSearch, retrievers } from "#knowledge";
import { addToLibrary, type Library, openLibraryAt } from "../src/assembly/index.ts";
import { embedLibrary } from "../src/library/index.ts";
import type { EmbedderProvider } from "../src/models/embedders/embedder-provider.ts";
import { embedderProviders } from "../src/models/embedders/list.ts";
import { plain } from "../src/models/families/plain.ts";
import { createReranker, createTextEmbedder } from "../src/models/index.ts";
import { rerankerProviders } from "../src/models/rerankers/list.ts";
import type { RerankerProvider } from "../src/models/rerankers/reranker-provider.ts";

/** What `docs/guides/add-an-embedder.md` adds: how often each letter stands in a text. */
const letters: EmbedderProvider = {
  name: "letters",
  example: "letters:latin",
  async open({ source }) {
    return {
      id: `letters-${source.place}`,
      family: plain,
      identity: { alphabet: source.place },
      embed: async ({ texts }) => texts.map(({ text }) => countLetters(text)),
      async [Symbol.asyncDispose]() {},
    };
  },
};

/** And a reranker: the shorter text is the better one. */
const brevity: RerankerProvider = {
  name: "brevity",
  example: "brevity:any",
  async open() {
    return {
      id: "brevity",
      score: async ({ texts }) => texts.map(({ length }) => 1 / length),
      async [Symbol.asyncDispose]() {},
    };
  },
};

function countLetters(text: string): number[] {
  const counts = new Array<number>(26).fill(0);
  for (const letter of text.toLowerCase()) {
    const place = letter.charCodeAt(0) - 97;
    if (place >= 0 && place < 26) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-adding-"));
  library = await openLibraryAt(join(folder, "library"), { create: true });
  const texts = [
    "zzz zz.",
    "A nodule of the lung.",
    "A lung nodule, and much more that is beside the point.",
  ];
  await writeFile(join(folder, "a.jsonl"), texts.map((text) => JSON.stringify({ text })).join("\n"));
  await addToLibrary({ library, paths: [join(folder, "a.jsonl")] });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

describe("a provider that is one more entry of its list", () => {
  it("embeds a library and its queries, and reranks what is found", async () => {
    const source = "letters:latin";
    await using embedder = await createTextEmbedder({ source, providers: [...embedderProviders, letters] });
    expect(embedder).toMatchObject({ id: "letters-latin", dimension: 26 });
    expect(await embedLibrary({ library, embedder, source })).toMatchObject({ embedded: 3 });
    const vectors = library.textVectors.map(({ collection }) => ({ embedder, collection }));
    const dense = retrievers.find(({ name }) => name === "dense");
    if (!dense) throw new Error("There is no retriever dense.");
    const given = {
      retriever: dense,
      passages: library.passages,
      vectors,
      corpora: library.manifest.corpora,
    };
    const request = { queries: ["lung nodule"], top: 2 };
    const [found = []] = await createPassageSearch(given).search(request);
    expect(found.map(({ passage }) => passage.text)).not.toContain("zzz zz.");

    await using reranker = await createReranker({
      source: "brevity:any",
      providers: [...rerankerProviders, brevity],
    });
    const [reranked = []] = await createPassageSearch({ ...given, reranker }).search({ ...request, top: 3 });
    expect(reranked[0]?.passage.text).toBe("zzz zz.");
    expect(reranked[0]?.stages.at(-1)).toMatchObject({ stage: "rerank brevity", rank: 1 });
  });

  it("is unknown without that entry, and the error names those there are", async () => {
    await expect(createTextEmbedder({ source: "letters:latin" })).rejects.toMatchObject({
      code: "model-source-invalid",
      message: expect.stringContaining("onnx, openai, tei"),
    });
    await expect(createReranker({ source: "brevity:any" })).rejects.toMatchObject({
      code: "model-source-invalid",
      message: expect.stringContaining("onnx, tei, cohere"),
    });
  });

  it.each([
    ["embedders", embedderProviders],
    ["rerankers", rerankerProviders],
  ] as const)("of %s has a name of its own, with which its example begins", (_, providers) => {
    expect(new Set(providers.map(({ name }) => name)).size).toBe(providers.length);
    for (const { name, example } of providers) expect(example.startsWith(`${name}:`)).toBe(true);
  });
});
