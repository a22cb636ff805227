/**
 * Measures the most memory and the time of adding text to an empty library, by the size of the text: both lines should be as in a
 * stream, memory level and time straight. Prints one JSON line a size: megabytes
 * and seconds of the whole, and (`added…`) until the files are compacted and indexed.
 *
 *   node --conditions=medrounds-source bench/ingest-memory.ts [--megabytes 100,300,1000]
 *
 * The texts are made: JSON lines of documents of 3 kB, of 30,000 words that are drawn at random. Each size is added in a process of
 * its own; files and library lie in the folder for temporary files, and need six times the largest size.
 */
import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { addToLibrary, openLibraryAt } from "#assembly";
import { createRandom } from "#statistics";

const documentBytes = 3_000;
const vocabulary = 30_000;

const { values: options } = parseArgs({
  options: { megabytes: { type: "string", default: "100,300,1000" }, add: { type: "string" } },
});

if (options.add === undefined) {
  for (const size of options.megabytes.split(",")) await measure(Number(size));
} else {
  await addAll(options.add);
}

/** Makes the texts here and adds them in a process of its own, so that the memory it tells is that of adding alone. */
async function measure(megabytes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "medrounds-ingest-"));
  try {
    await pipeline(documents(megabytes * 1e6), createWriteStream(join(folder, "texts.jsonl")));
    const own = [...process.execArgv, import.meta.filename, "--add", folder];
    const { status } = spawnSync(process.execPath, own, { stdio: "inherit" });
    if (status !== 0) process.exitCode = status ?? 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function addAll(folder: string): Promise<void> {
  const file = join(folder, "texts.jsonl");
  const megabytes = (await stat(file)).size / 1e6;
  using library = await openLibraryAt(join(folder, "library"), { create: true });
  const { optimize } = library.passages;
  let addedSeconds = 0;
  let addedPeak = 0;
  const began = performance.now();
  library.passages.optimize = () => {
    addedSeconds = (performance.now() - began) / 1_000;
    addedPeak = peakMegabytes();
    return optimize();
  };
  const { added, seconds } = await addToLibrary({ library, paths: [file] });
  const figures = {
    megabytes,
    passages: added.passages,
    addedSeconds,
    addedPeak,
    seconds,
    processorSeconds: process.cpuUsage().user / 1e6,
    peak: peakMegabytes(),
  };
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value)]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}

/** The most memory that this process has held. */
function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
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
