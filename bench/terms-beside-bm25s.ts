import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type CollectionSchema, openLanceStore, openServingIndex } from "#store";
import { terms } from "#text";
import { type Figure, time } from "./measure.ts";
import { leastDisturbed, runPeer } from "./peers.ts";
import type { TextsWithVectors } from "./texts-with-vectors.ts";

const schema: CollectionSchema = { name: "texts", text: [], keys: [], terms: "words" };
const top = 10;
const batchSize = 10_000;

/** BM25, one query at a time, top 10, from the words of the query on: the serving index beside bm25s and SQLite FTS5. */
export async function termsBesideBm25s({
  texts,
  questions,
  folder,
}: TextsWithVectors & { folder: string }): Promise<Figure[]> {
  const store = await openLanceStore(join(folder, "terms"));
  const collection = await store.open(schema);
  for (let start = 0; start < texts.length; start += batchSize) {
    const rows = texts.slice(start, start + batchSize);
    await collection.insert(rows.map((words, index) => ({ id: String(start + index), words })));
  }
  await collection.optimize();
  using index = openServingIndex({ collection, schema });
  await index.settled();
  const question = (at: number) => questions[at % questions.length] ?? "";
  const measure = (searched: typeof collection) =>
    time((at) => searched.searchTerms({ query: question(at), top, columns: [] }), {
      runs: questions.length,
      warmup: 50,
    });
  const measured = async (searched: typeof collection) =>
    leastDisturbed(await measure(searched), await measure(searched));
  const before = await measured(index);
  const stored = await measured(collection);

  const files = { texts: join(folder, "texts.json"), questions: join(folder, "questions.json") };
  await writeFile(files.texts, JSON.stringify(texts));
  await writeFile(files.questions, JSON.stringify(questions));
  const peers = [
    ...(await runPeer("bm25s_search.py", files.texts, files.questions)),
    ...(await searchBySqlite({ texts, questions, folder })),
  ];
  const own = leastDisturbed(before, await measured(index));
  const state = index.state();
  store.close();
  console.log(JSON.stringify({ name: "serving index", ...own, state }));
  for (const peer of peers) console.log(JSON.stringify(peer));
  const targets: Record<string, string> = { "bm25s (numba)": "≤ 1.5 × peer" };
  return [
    ...peers.map((peer) => ({
      what: `BM25 in memory, ${texts.length} documents, median`,
      value: own.median,
      unit: "ms",
      target: targets[peer.name] ?? "< peer",
      peer: { name: peer.name, value: peer.median },
    })),
    {
      what: `BM25 in LanceDB, ${texts.length} documents, median`,
      value: stored.median,
      unit: "ms",
      target: "",
    },
  ];
}

async function searchBySqlite({
  texts,
  questions,
  folder,
}: Pick<TextsWithVectors, "texts" | "questions"> & { folder: string }) {
  using database = new DatabaseSync(join(folder, "peer.sqlite"));
  database.exec("CREATE VIRTUAL TABLE text USING fts5(words, tokenize = 'porter ascii')");
  const insert = database.prepare("INSERT INTO text (words) VALUES (?)");
  database.exec("BEGIN");
  for (const text of texts) insert.run(text);
  database.exec("COMMIT");
  const select = database.prepare("SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT 10");
  const search = (at: number, isWanted: (word: string) => boolean) => {
    const words = (questions[at % questions.length] ?? "").match(/[a-z0-9]+/gi) ?? [];
    const wanted = words.filter(isWanted);
    return select.all((wanted.length > 0 ? wanted : words).map((word) => `"${word}"`).join(" OR "));
  };
  const runs = { runs: questions.length, warmup: 50 };
  return [
    { name: "SQLite FTS5", ...(await time((at) => search(at, () => true), runs)) },
    {
      name: "SQLite FTS5, stop words left out",
      ...(await time((at) => search(at, (word) => terms(word).length > 0), runs)),
    },
  ];
}
