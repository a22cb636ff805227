import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { createGunzip } from "node:zlib";
import sharp from "sharp";
import { addToLibrary } from "#assembly";
import type { Library } from "#library";
import type { Figure } from "./measure.ts";

/** Passages a second and images a second through the whole ingest, and the most memory the process held. */
export async function benchIngest(request: {
  library: Library;
  data: string;
  folder: string;
}): Promise<Figure[]> {
  const { library, data, folder } = request;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  // The figures of the OpenStax manifest are cases; without its images they would only be refused.
  const passages = await addToLibrary({
    library,
    paths: ["kb_medquad", "kb_ontology"].map((set) => join(data, set)),
  });
  const images = await addToLibrary({ library, paths: [join(data, "cxr_nih")] });
  await addToLibrary({ library, paths: [join(data, "kb_openstax_ap"), join(data, "cxr_covid")] });
  clearInterval(watch);
  const passageRate = passages.added.passages / passages.seconds;
  const imageRate = images.added.cases / images.seconds;
  return [
    {
      what: `ingest of ${passages.added.passages} passages`,
      value: passageRate,
      unit: "a second",
      target: "≥ 5000",
      peer: {
        name: "SQLite FTS5, same texts",
        value: await sqliteRate({ data, folder, passages: passages.added.passages }),
      },
    },
    {
      what: `ingest of ${images.added.cases} images, 512 px`,
      value: imageRate,
      unit: "a second",
      target: "≥ 25",
      peer: { name: "sharp: decode, 224 px JPEG", value: await sharpRate(join(data, "cxr_nih/images")) },
    },
    { what: "most memory while ingesting", value: most / 1e6, unit: "MB", target: "< 1000" },
  ];
}

/** Texts of the same sets into an FTS5 table with Porter stems, in passages of MedRounds' own count for a fair rate. */
async function sqliteRate(request: { data: string; folder: string; passages: number }): Promise<number> {
  const { data, folder, passages } = request;
  const began = performance.now();
  const database = new DatabaseSync(join(folder, "peer.sqlite"));
  database.exec("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='porter unicode61')");
  const insert = database.prepare("INSERT INTO passage VALUES (?)");
  database.exec("BEGIN");
  for (const set of ["kb_medquad", "kb_ontology"]) {
    const source = createReadStream(join(data, set, "manifest.jsonl.gz")).pipe(createGunzip());
    for await (const line of createInterface({ input: source })) {
      const row = JSON.parse(line) as { text?: string; qa?: { question: string; answer: string }[] };
      for (const { question, answer } of row.qa ?? []) insert.run(`${question} ${answer}`);
      if (row.text) insert.run(row.text);
    }
  }
  database.exec("COMMIT");
  database.close();
  return passages / ((performance.now() - began) / 1000);
}

async function sharpRate(folder: string): Promise<number> {
  const files = (await readdir(folder)).slice(0, 200);
  const began = performance.now();
  for (let index = 0; index < files.length; index += 2) {
    await Promise.all(
      files.slice(index, index + 2).map(async (file) => {
        const bytes = await readFile(join(folder, file));
        await sharp(bytes).resize(224).jpeg().toBuffer();
      }),
    );
  }
  return files.length / ((performance.now() - began) / 1000);
}
