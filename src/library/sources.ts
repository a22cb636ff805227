import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { MedRoundsError } from "#contracts";
import { chooseFormat, type DocumentFormat } from "#knowledge";
import { containedPath, fileError } from "#platform";
import { readHead } from "./open-file.ts";
import type { AddReport } from "./report.ts";

/** A file to be added. `name` is its path below `folder`, the folder that is added; `bytes` its size on disk. */
export type Source = { folder: string; name: string; corpus: string; bytes: number } & Kind;

/** The format that all files are read in, or those that may recognize them (all that are known unless told). */
export type FormatChoice = { format?: DocumentFormat; formats?: readonly DocumentFormat[] };

type Kind = { type: "image" } | { type: "documents"; format: DocumentFormat };

const imageExtensions = new Set([".png", ".jpg", ".jpeg", ".webp"]);

/** Files that, where a folder holds one, say alone what the folder and those below it hold. */
const governingFile = /^(?:manifest|corpus)\.jsonl(?:\.gz|\.zst)?$/;

/**
 * The files to be added below a path, in a fixed order; files of folders that are linked come last. Links that lead out of the
 * folder and what can't be read are refused in the report, files of no known type counted as skipped, libraries passed over. `format` is that of all
 * files but images and manifests; without it each is recognized among `formats`.
 * Throws `path-missing`, `path-unreadable` and, for a file named itself, `path-not-file` and `file-unsupported`.
 */
export async function findSources(
  request: { path: string; corpus?: string; report: AddReport } & FormatChoice,
): Promise<Source[]> {
  const { path, corpus, report } = request;
  const real = await realpath(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  if ((await stat(real)).isDirectory()) {
    return findInFolder({ ...request, root: real });
  }
  const folder = dirname(real);
  const place = { folder, name: basename(real), corpus: corpus ?? basename(folder) };
  try {
    const found = await source(place, request);
    if (found) return [found];
  } catch (error) {
    if (!MedRoundsError.is(error) || error.code === "path-not-file") throw error;
    report.refuse({ file: place.name, corpus: place.corpus, error });
    return [];
  }
  throw new MedRoundsError("file-unsupported", `${basename(path)} is of no format that is known.`, {
    extension: extname(path),
  });
}

type Walk = FormatChoice & {
  root: string;
  corpus?: string;
  report: AddReport;
  found: Source[];
  /** Linked folders, followed when all others were walked, so that a file is named by where it really is. */
  links: string[];
  /** Real paths of the folders that were walked. */
  walked: Set<string>;
  /** Real paths of folders of which nothing more is to be added: libraries, and those that a governing file speaks for. */
  closed: string[];
};

async function findInFolder(
  request: Pick<Walk, "root" | "corpus" | "report" | "format" | "formats"> & { path: string },
): Promise<Source[]> {
  const { path, ...given } = request;
  const walk: Walk = { ...given, found: [], links: [], walked: new Set(), closed: [] };
  await walkFolder(walk, walk.root).catch((error: unknown) => {
    throw fileError(error, path);
  });
  for (const link of walk.links) await attempt(walk, link, () => followLink(walk, link));
  return walk.found;
}

async function followLink(walk: Walk, link: string): Promise<void> {
  const folder = await realpath(link);
  if (folder === walk.root) return;
  await containedPath(walk.root, link);
  const isClosed = walk.closed.some((closed) => folder.startsWith(`${closed}${sep}`));
  if (!isClosed) await walkFolder(walk, folder);
}

async function readEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Refuses the file or folder in the report where `work` fails. */
async function attempt(walk: Walk, file: string, work: () => Promise<void>): Promise<void> {
  const { root, corpus = basename(root), report } = walk;
  await work().catch((error: unknown) => {
    const name = relative(root, file);
    report.refuse({ file: name, corpus, error: fileError(error, name) });
  });
}

async function walkFolder(walk: Walk, folder: string): Promise<void> {
  const { root, report, walked, closed } = walk;
  if (walked.has(folder)) return;
  walked.add(folder);
  const entries = await readEntries(folder);
  if (entries.some(({ name }) => name === "library.json")) {
    closed.push(folder);
    report.notes.push({ file: relative(root, folder) || basename(folder), note: "a library: passed over" });
    return;
  }
  const governing = entries.filter((entry) => !entry.isDirectory() && governingFile.test(entry.name));
  if (governing.length > 0) {
    closed.push(folder);
    const corpus = walk.corpus ?? basename(folder);
    for (const { name } of governing) {
      const file = join(folder, name);
      await attempt(walk, file, async () => {
        await containedPath(root, file);
        const { formats } = walk;
        const found = await source({ folder, name, corpus }, formats ? { formats } : {});
        if (found) walk.found.push(found);
      });
    }
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    await attempt(walk, join(folder, entry.name), () => walkEntry(walk, entry, join(folder, entry.name)));
  }
}

async function walkEntry(walk: Walk, entry: Dirent, file: string): Promise<void> {
  const { root, corpus = basename(root), report } = walk;
  if (entry.isDirectory()) {
    await walkFolder(walk, file);
    return;
  }
  if (entry.isSymbolicLink() && (await leadsToFolder(file))) {
    walk.links.push(file);
    return;
  }
  await containedPath(root, file);
  const found = await source({ folder: root, name: relative(root, file), corpus }, walk);
  if (found) {
    walk.found.push(found);
    return;
  }
  const extension = extname(file) || "no extension";
  report.skipped[extension] = (report.skipped[extension] ?? 0) + 1;
}

function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

/** The file with its kind and size; undefined where it is of none that is known. Throws `path-not-file`. */
async function source(
  place: Pick<Source, "folder" | "name" | "corpus">,
  choice: FormatChoice,
): Promise<Source | undefined> {
  const file = join(place.folder, place.name);
  const status = await stat(file);
  if (!status.isFile()) {
    const message = `${basename(place.name)} is no regular file.`;
    throw new MedRoundsError("path-not-file", message, { path: place.name });
  }
  const kind = await kindOf(file, choice);
  return kind && { ...place, ...kind, bytes: status.size };
}

async function kindOf(file: string, { format, formats }: FormatChoice): Promise<Kind | undefined> {
  if (imageExtensions.has(extname(file).toLowerCase())) return { type: "image" };
  const head = () => readHead(file);
  const found = format ?? (await chooseFormat({ name: file, head, ...(formats ? { formats } : {}) }));
  return found && { type: "documents", format: found };
}
