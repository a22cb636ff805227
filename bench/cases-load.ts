/**
 * Measures how long a library's cases take until they can be searched by image: read into memory, fitted, and read again, with the
 * memory of the process. The cases are made: descriptors of clusters by a seed, a label each, patients of four images. Prints a
 * Markdown table.
 *
 *   node --conditions=medrounds-source bench/cases-load.ts [--cases 100000] [--folder DIR]
 *
 * With `--folder` the library stays there and is used again. Loading runs in a process of its own, so that its memory is its own.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Library, openCaseSearch, openLibraryAt } from "#assembly";
import { builtInDescriptor } from "#imaging";
import { fitLibrary } from "#library";
import { createRandom } from "#statistics";

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: "100000" },
    folder: { type: "string" },
    load: { type: "string" },
  },
});

if (options.load === undefined) await buildAndLoad();
else await load(options.load);

async function buildAndLoad(): Promise<void> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "medrounds-cases-load-")));
  try {
    using library = await openLibraryAt(folder, { create: true });
    if ((await library.cases.count()) === 0) await fill(library, Number(options.cases));
    const own = [...process.execArgv, import.meta.filename, "--load", folder];
    const { status } = spawnSync(process.execPath, own, { stdio: "inherit" });
    process.exitCode = status ?? 1;
  } finally {
    if (options.folder === undefined) await rm(folder, { recursive: true });
  }
}

async function fill(library: Library, total: number): Promise<void> {
  const random = createRandom(1);
  const { dimension } = builtInDescriptor;
  const labels = Array.from({ length: 20 }, (_, index) => `Label ${index + 1}`);
  const unit = (center: (index: number) => number, length: number) => {
    const values = Float32Array.from({ length }, (_, index) => center(index) + random() - 0.5);
    const norm = Math.hypot(...values);
    return values.map((value) => value / norm);
  };
  const centers = labels.map(() => unit(() => 0, dimension));
  const batch = 2_000;
  for (let start = 0; start < total; start += batch) {
    const rows = Array.from({ length: Math.min(batch, total - start) }, (_, offset) => {
      const number = start + offset;
      const label = labels[number % labels.length] ?? "";
      const descriptor = unit((index) => 0.5 * (centers[number % labels.length]?.[index] ?? 0), dimension);
      const fingerprint = unit(() => 0, 257);
      const found = {
        ...{ id: `made/${number}`, corpus: "made", image: `${number}.png`, width: 512, height: 512 },
        ...{ labels: [{ name: label, status: "present" }], text: "", notes: [] },
        patientId: `p${Math.floor(number / 4)}`,
        metadata: { modality: "CR", view: number % 2 === 0 ? "PA" : "AP" },
      };
      return {
        ...{ id: found.id, corpus: "made", contentHash: `${number}`, pixelHash: `${number}` },
        ...{ patientId: found.patientId, slideId: "", record: JSON.stringify(found), words: label },
        vector: Float32Array.of(...descriptor, ...fingerprint),
      };
    });
    await library.cases.insert(rows, { areNew: true });
  }
  await library.cases.optimize();
}

async function load(folder: string): Promise<void> {
  using library = await openLibraryAt(folder);
  const cases = await library.cases.count();
  const lines: string[] = [];
  const measure = async (what: string, work: () => Promise<unknown>) => {
    const began = performance.now();
    const used = process.cpuUsage();
    await work();
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(used);
    globalThis.gc?.();
    const cells = [seconds, (user + system) / 1e6].map((value) => `${value.toFixed(2)} s`);
    lines.push(
      `| ${[what, ...cells, `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`].join(" | ")} |`,
    );
  };
  await measure("fitted", () => fitLibrary(library));
  const search = openCaseSearch({ library });
  await measure("read into memory, first", () => search.warm());
  const again = openCaseSearch({ library });
  await measure("read into memory, again", () => again.warm());
  console.log(`${cases} cases of ${builtInDescriptor.dimension} numbers\n`);
  console.log(
    ["| step | time | of all cores | memory after |", "| --- | --- | --- | --- |", ...lines].join("\n"),
  );
  await search[Symbol.asyncDispose]();
  await again[Symbol.asyncDispose]();
}
