import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Library, openPassageSearch } from "#assembly";
import { type Figure, time } from "./measure.ts";

/** BM25 in process on the ingested passages, with real questions, beside SQLite FTS5 on the same texts. */
export async function benchSearch(request: {
  library: Library;
  data: string;
  folder: string;
}): Promise<Figure[]> {
  const { library, data, folder } = request;
  const lines = (await readFile(join(data, "ir_bioasq/queries.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .slice(0, 200);
  const queries = lines.map((line) => (JSON.parse(line) as { text: string }).text);
  const query = (index: number) => queries[index % queries.length] ?? "";
  await using passages = await openPassageSearch({ library, retriever: "bm25" });
  const own = await time((index) => passages.search({ queries: [query(index)], top: 10 }), {
    runs: 200,
    warmup: 20,
  });
  const database = new DatabaseSync(join(folder, "peer.sqlite"));
  const select = database.prepare(
    "SELECT rowid, text, bm25(passage) FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10",
  );
  const any = (text: string) => (text.match(/[a-z0-9]+/gi) ?? []).map((word) => `"${word}"`).join(" OR ");
  const peer = await time((index) => select.all(any(query(index))), { runs: 200, warmup: 20 });
  database.close();
  const count = await library.passages.count();
  return [
    {
      what: `search on ${count} passages, median`,
      value: own.median,
      unit: "ms",
      target: "< 10",
      peer: { name: "SQLite FTS5", value: peer.median },
    },
    {
      what: "search, 95th percentile",
      value: own.high,
      unit: "ms",
      target: "",
      peer: { name: "SQLite FTS5", value: peer.high },
    },
  ];
}
