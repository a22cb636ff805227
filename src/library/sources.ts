import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { MedRoundsError } from "#contracts";
import { containedPath, fileError } from "#platform";
import type { AddReport } from "./report.ts";

/** A file to be added. `name` is its path below `folder`, the folder that is added; `bytes` its size on disk. */
export type Source = {
  type: "rows" | "markdown" | "text" | "image";
  folder: string;
  name: string;
  corpus: string;
  bytes: number;
};

const typeByExtension: Record<string, Source["type"]> = {
  ".md": "markdown",
  ".markdown": "markdown",
  ".txt": "text",
  ".png": "image",
  ".jpg": "image",
  ".jpeg": "image",
  ".webp": "image",
  ".jsonl": "rows",
};

/** Files that, where a folder holds one, say alone what the folder and those below it hold. */
const governingFiles = ["manifest.jsonl", "manifest.jsonl.gz", "corpus.jsonl", "corpus.jsonl.gz"];

/**
 * The files to be added below a path, in a fixed order. Links that lead out of the folder are refused in the report, files of
 * no known type counted as skipped. Throws `path-missing`, `path-unreadable` and, for a file named itself, `file-unsupported`.
 */
export async function findSources(request: {
  path: string;
  corpus?: string;
  report: AddReport;
}): Promise<Source[]> {
  const { path, corpus, report } = request;
  let real: string;
  let isFolder: boolean;
  try {
    real = await realpath(path);
    isFolder = (await stat(real)).isDirectory();
  } catch (error) {
    throw fileError(error, path);
  }
  if (isFolder) return walk({ root: real, folder: real, report, ...(corpus ? { corpus } : {}) });
  const type = sourceType(real);
  if (!type) {
    throw new MedRoundsError("file-unsupported", `${basename(path)} is of no type that can be added.`, {
      extension: extname(path),
    });
  }
  const folder = dirname(real);
  return [await source({ type, folder, file: real, corpus: corpus ?? basename(folder) })];
}

type Walk = { root: string; folder: string; corpus?: string; report: AddReport };

async function walk({ root, folder, corpus, report }: Walk): Promise<Source[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const governing = entries.filter((entry) => entry.isFile() && governingFiles.includes(entry.name));
  if (governing.length > 0) {
    const files = governing.map(({ name }) => join(folder, name));
    const name = corpus ?? basename(folder);
    return Promise.all(files.map((file) => source({ type: "rows", folder, file, corpus: name })));
  }
  const found: Source[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const file = join(folder, entry.name);
    if (entry.isDirectory()) {
      found.push(...(await walk({ root, folder: file, report, ...(corpus ? { corpus } : {}) })));
      continue;
    }
    const type = sourceType(file);
    if (!type) {
      const extension = extname(file) || "no extension";
      report.skipped[extension] = (report.skipped[extension] ?? 0) + 1;
      continue;
    }
    try {
      await containedPath(root, relative(root, file));
      found.push(await source({ type, folder: root, file, corpus: corpus ?? basename(root) }));
    } catch (error) {
      report.refuse({ file: relative(root, file), error: fileError(error, entry.name) });
    }
  }
  return found;
}

function sourceType(file: string): Source["type"] | undefined {
  const name = file.toLowerCase();
  return typeByExtension[extname(name.endsWith(".jsonl.gz") ? name.slice(0, -3) : name)];
}

async function source(request: {
  type: Source["type"];
  folder: string;
  file: string;
  corpus: string;
}): Promise<Source> {
  const { type, folder, file, corpus } = request;
  const { size } = await stat(file);
  return { type, folder, name: relative(folder, file), corpus, bytes: size };
}
