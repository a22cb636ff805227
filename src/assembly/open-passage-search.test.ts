import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { collectEvents, eventsOf } from "../../test/support/rounds.ts";
import { startWordModels, type WordModelServer } from "../../test/support/word-model-server.ts";
import { addToLibrary } from "./add-to-library.ts";
import { describeSystem } from "./describe-system.ts";
import { embedLibraryFrom } from "./embed-library.ts";
import { openCaseSearch } from "./open-case-search.ts";
import { openLibraryAt } from "./open-library.ts";
import { openPassageSearch } from "./open-passage-search.ts";
import { prepareRound } from "./prepare-round.ts";
import { searchLibrary } from "./search-library.ts";

let folder: string;
let models: WordModelServer;
let library: Awaited<ReturnType<typeof openLibraryAt>>;

beforeAll(async () => {
  models = await startWordModels();
});
afterAll(() => models[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-search-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  library = await openLibraryAt(join(folder, "library"), { create: true });
  await add("notes", { mi: "Death of heart muscle.", eff: "A pleural effusion.", lung: "The lung." });
});
afterEach(async () => {
  models.refusing = false;
  models.refusingPassages = false;
  library[Symbol.dispose]();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function add(corpus: string, texts: Record<string, string>) {
  const rows = Object.entries(texts).map(([id, text]) => JSON.stringify({ id, title: id, text }));
  await writeFile(join(folder, `${corpus}.jsonl`), rows.join("\n"));
  return addToLibrary({ library, paths: [join(folder, `${corpus}.jsonl`)], corpus });
}

const embed = () => embedLibraryFrom({ library, source: models.embedder });
const code = (expected: string) => ({ code: expected });

describe("the search of a library's passages", () => {
  it("is by words where the texts have no vectors, and hybrid where they have", async () => {
    await using words = await openPassageSearch({ library });
    expect(words.identity).toEqual({ retriever: "bm25", embedders: [], reranker: null });
    await embed();
    await using both = await openPassageSearch({ library });
    expect(both.name).toBe("hybrid");
    expect(both.identity.embedders).toHaveLength(1);
    const [[first] = []] = await both.search({ queries: ["pleural effusions"], top: 1 });
    expect(first?.stages.map(({ stage }) => stage)).toEqual(["bm25", "dense words", "fusion"]);
    await using chosen = await openPassageSearch({ library, retriever: "bm25" });
    expect(chosen.name).toBe("bm25");
  });

  it("uses a reranker where one is named", async () => {
    const retriever = "bm25";
    await using search = await openPassageSearch({ library, retriever, reranker: models.reranker });
    expect(search.identity).toEqual({ retriever: "bm25+rerank", embedders: [], reranker: "words" });
    const [[first] = []] = await search.search({ queries: ["heart muscle"], top: 1 });
    expect(first?.stages.at(-1)).toEqual({ stage: "rerank words", rank: 1, score: 2 });
  });

  it("refuses a retriever that there is none of, one without its vectors, and one without its reranker", async () => {
    for (const retriever of ["bm26", "bm25+magic", "hybrid+rerank", ""]) {
      await expect(openPassageSearch({ library, retriever })).rejects.toMatchObject(code("usage-invalid"));
    }
    for (const retriever of ["dense", "hybrid", "medrag"]) {
      await expect(openPassageSearch({ library, retriever })).rejects.toMatchObject(code("vectors-missing"));
    }
  });

  it("refuses a source that has become another model", async () => {
    await embed();
    const [record] = library.textVectors;
    if (record) record.embedder.fingerprint = "another";
    await expect(openPassageSearch({ library })).rejects.toMatchObject(code("embedder-mismatch"));
  });

  it("fails with the embedder, and never falls back to words in silence", async () => {
    await embed();
    await using search = await openPassageSearch({ library });
    models.refusing = true;
    await expect(search.search({ queries: ["heart"], top: 3 })).rejects.toMatchObject(
      code("service-refused"),
    );
  });

  it("says which passages have no vector yet", async () => {
    await embed();
    await using whole = await openPassageSearch({ library });
    expect(whole.notes).toEqual([]);
    models.refusing = true;
    const report = await add("more", { fx: "A fracture." });
    models.refusing = false;
    expect(report.added.documents).toBe(1);
    expect(report.notes[0]?.note).toContain(`medrounds library embed --embedder ${models.embedder}`);
    await using partial = await openPassageSearch({ library });
    expect(partial.notes[0]).toContain("1 of 4 passages");
  });

  it("does without an embedder whose first embedding failed, says so, and never asks it", async () => {
    models.refusingPassages = true;
    await expect(embed()).rejects.toMatchObject(code("service-refused"));
    models.refusing = true;
    expect(library.textVectors).toHaveLength(1);
    await using words = await openPassageSearch({ library });
    expect(words.name).toBe("bm25");
    expect(words.notes[0]).toContain("3 of 3 passages have no vector");
    await using named = await openPassageSearch({ library, retriever: "bm25" });
    expect(named.notes).toEqual([]);
    await expect(openPassageSearch({ library, retriever: "dense" })).rejects.toMatchObject(
      code("vectors-missing"),
    );
  });
});

it("answers from memory as from the store, also what was added later", async () => {
  await embed();
  await using stored = await openPassageSearch({ library });
  await using served = await openPassageSearch({ library, inMemory: true });
  await served.warm();
  const request = { queries: ["pleural effusion", "heart"], top: 3 };
  const shown = async (search: typeof served) =>
    (await search.search(request)).map((hits) =>
      hits.map(({ passage, score }) => [passage.id, score.toFixed(4)]),
    );
  expect(await shown(served)).toEqual(await shown(stored));
  await add("more", { heart: "The heart, and again the heart." });
  const found = async () => (await served.search(request))[1]?.map(({ passage }) => passage.corpus);
  await expect.poll(found, { timeout: 10_000 }).toContain("more");
});

it("new passages of an addition are embedded with it", async () => {
  await embed();
  const { notes } = await add("more", { fx: "A fracture." });
  expect(notes).toEqual([]);
  expect(await library.textVectors[0]?.collection.count()).toBe(4);
});

it("a search of named corpora takes those alone, and refuses a name that is none", async () => {
  await add("more", { heart: "Another heart." });
  await using search = await openPassageSearch({ library });
  const found = await searchLibrary({ library, search, text: "heart", top: 5, corpora: ["more"] });
  expect(found.passages.map(({ passage }) => passage.corpus)).toEqual(["more"]);
  const wrong = searchLibrary({ library, search, text: "heart", top: 5, corpora: ["most"] });
  await expect(wrong).rejects.toMatchObject(code("usage-invalid"));
});

describe("a round", () => {
  const ask = async (search: Awaited<ReturnType<typeof openPassageSearch>>) => {
    const round = await prepareRound({
      library,
      search,
      question: "What is a pleural effusion?",
      images: [],
      options: [],
      policy: "reader",
    });
    return collectEvents(round.run());
  };

  it("tells of an embedder that fails and goes on", async () => {
    await embed();
    await using search = await openPassageSearch({ library });
    models.refusing = true;
    const events = await ask(search);
    expect(eventsOf(events, "failure").map(({ failure }) => failure.code)).toContain("service-refused");
    expect(events.at(-1)?.type).toBe("round-end");
  });

  it("tells which servers are sent a query, and none where all is on this machine", async () => {
    await embed();
    const host = new URL(models.embedder.replace("openai:", "")).host;
    await using hybrid = await openPassageSearch({ library, reranker: models.reranker });
    const events = await ask(hybrid);
    const queries = eventsOf(events, "query-issued").map(({ query }) => query.length);
    const sent = queries.flatMap((characters) => [characters, characters]);
    expect(eventsOf(events, "data-sent")).toMatchObject(
      sent.map((characters) => ({ host, loopback: true, images: 0, characters })),
    );
    await using words = await openPassageSearch({ library, retriever: "bm25" });
    expect(eventsOf(await ask(words), "data-sent")).toEqual([]);
  });

  it("says that something leaves the machine where the store or an embedder is on another", async () => {
    await using search = await openPassageSearch({ library });
    await using cases = openCaseSearch({ library });
    expect(await describeSystem({ library, search, cases }, {})).toMatchObject({
      sentTo: { questions: [], searches: [] },
    });
    library.manifest.store = "milvus://vectors.example:19530/kb";
    await using remote = await openPassageSearch({ library });
    await using remoteCases = openCaseSearch({ library });
    expect(remoteCases.servers).toEqual([{ host: "vectors.example:19530", loopback: false }]);
    expect(remote.notes).toEqual(["Queries are sent to vectors.example:19530."]);
    expect(await describeSystem({ library, search: remote, cases: remoteCases }, {})).toMatchObject({
      sentTo: { questions: [], searches: ["vectors.example:19530"] },
    });
  });

  it("has another configuration with another retriever", async () => {
    await embed();
    await using hybrid = await openPassageSearch({ library });
    await using words = await openPassageSearch({ library, retriever: "bm25" });
    const hashes = await Promise.all(
      [hybrid, words, words].map(
        async (search) => eventsOf(await ask(search), "round-start")[0]?.configurationHash,
      ),
    );
    expect(hashes[1]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});
