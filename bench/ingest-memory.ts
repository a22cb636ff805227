/**
 * Measures the most memory and the time of adding text to an empty library, by the size of the text: both lines should be as in a
 * stream, memory level and time straight. Prints one JSON line a size.
 *
 *   node --conditions=medrounds-source bench/ingest-memory.ts [--megabytes 100,300,1000]
 *
 * The texts are made: JSON lines of documents of 3 kB, of 30,000 words that are drawn at random. Each size runs in a process of its
 * own, so that its memory is its own; files and library lie in the folder for temporary files, and need six times the largest size.
 */
import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { addToLibrary, openLibraryAt } from "#assembly";
import { createRandom } from "#statistics";

const documentBytes = 3_000;
const vocabulary = 30_000;

const { values: options } = parseArgs({
  options: { megabytes: { type: "string", default: "100,300,1000" }, "one-size": { type: "string" } },
});

if (options["one-size"] === undefined) {
  for (const size of options.megabytes.split(",")) {
    const own = [...process.execArgv, import.meta.filename, "--one-size", size];
    const { status } = spawnSync(process.execPath, own, { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  console.log(JSON.stringify(await measure(Number(options["one-size"]))));
}

async function measure(megabytes: number): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "medrounds-ingest-"));
  try {
    const file = join(folder, "texts.jsonl");
    await pipeline(documents(megabytes * 1e6), createWriteStream(file));
    const before = process.resourceUsage().maxRSS;
    using library = await openLibraryAt(join(folder, "library"), { create: true });
    const { added, seconds } = await addToLibrary({ library, paths: [file] });
    return {
      megabytes,
      passages: added.passages,
      seconds: Math.round(seconds),
      peakMegabytes: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
      peakBeforeMegabytes: Math.round((before * 1024) / 1e6),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function* documents(bytes: number): Generator<string> {
  const random = createRandom(1);
  const letters = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(97 + Math.floor(26 * random()))).join("");
  const words = Array.from({ length: vocabulary }, () => letters(3 + Math.floor(8 * random())));
  for (let [written, number] = [0, 0]; written < bytes; number++) {
    const text: string[] = [];
    for (let length = 0; length < documentBytes; length += (text.at(-1)?.length ?? 0) + 1) {
      text.push(words[Math.floor(vocabulary * random())] ?? "");
    }
    const line = `${JSON.stringify({ id: `d${number}`, title: `Text ${number}`, text: text.join(" ") })}\n`;
    written += line.length;
    yield line;
  }
}
