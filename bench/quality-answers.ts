/**
 * Measures the built-in reader on real data beside rules that know nothing, and writes the tables of docs/quality-answers.md. Needs
 * ../shared/data; takes about 20 minutes. Goes on in the folder that is named, where an earlier run of it stopped:
 *
 *   node --conditions=medrounds-source bench/quality-answers.ts [folder in which libraries and runs are kept]
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildLibraries } from "./quality-answers/build-libraries.ts";
import { tellRecords } from "./quality-answers/records.ts";
import { runRealSuite } from "./quality-answers/run.ts";
import { tellImages, tellQuestions, tellRadiology } from "./quality-answers/sections.ts";
import { writeSections } from "./quality-answers/write-sections.ts";

const data = resolve(import.meta.dirname, "../../shared/data");
const [kept] = process.argv.slice(2);
const folder = resolve(kept ?? (await mkdtemp(join(tmpdir(), "medrounds-quality-"))));
try {
  await mkdir(folder, { recursive: true });
  await buildLibraries(folder, data);
  await writeSections({
    images: tellImages(await runRealSuite(folder, "images")),
    questions: tellQuestions(await runRealSuite(folder, "questions")),
    radiology: tellRadiology(await runRealSuite(folder, "radiology")),
    records: await tellRecords(folder),
  });
} finally {
  if (kept === undefined) await rm(folder, { recursive: true });
}
