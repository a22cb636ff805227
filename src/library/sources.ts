import { constants, type Dirent } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { MedRoundsError } from "#contracts";
import { isDicom, readDirectory } from "#imaging";
import { chooseFormat, type DocumentFormat } from "#knowledge";
import { containedPath, fileError } from "#platform";
import { readHead } from "./open-file.ts";
import type { AddReport } from "./report.ts";

/** A file to be added. `name` is its path below `folder`, the folder that is added; `bytes` its size on disk. */
export type Source = { folder: string; name: string; corpus: string; bytes: number } & Kind;

/** The format that all files are read in, or those that may recognize them (all that are known unless told). */
export type FormatChoice = { format?: DocumentFormat; formats?: readonly DocumentFormat[] };

type Kind = { type: "image" | "dicom" | "archive" } | { type: "documents"; format: DocumentFormat };

const imageExtensions = new Set([".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"]);
/** Of a file, enough to know whether it is DICOM. */
const startBytes = 256;
/** Of a DICOMDIR, which takes many times its size when it is read. */
const directoryLimit = 16 * 1024 * 1024;
const dicomExtensions = new Set([".dcm", ".dicom", ".dic", ".ima"]);

/** The corpus of DICOM files where none is named: their folders are often called after patients. */
const dicomCorpus = "dicom";

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
    if (isDirectoryName(real)) return await findListed(real, request);
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
  // The files that it lists lie beside it and are found themselves.
  if (isDirectoryName(file)) return;
  const found = await source({ folder: root, name: relative(root, file), corpus }, walk);
  if (found) {
    walk.found.push(found);
    return;
  }
  report.skip(file);
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
  choice: FormatChoice & { corpus?: string },
): Promise<Source | undefined> {
  const file = join(place.folder, place.name);
  const status = await stat(file);
  if (!status.isFile()) {
    const message = `${basename(place.name)} is no regular file.`;
    throw new MedRoundsError("path-not-file", message, { path: place.name });
  }
  const kind = await kindOf(file, choice);
  const named =
    kind?.type === "dicom" || kind?.type === "archive" ? (choice.corpus ?? dicomCorpus) : place.corpus;
  return kind && { ...place, ...kind, corpus: named, bytes: status.size };
}

async function kindOf(file: string, { format, formats }: FormatChoice): Promise<Kind | undefined> {
  const extension = extname(file).toLowerCase();
  if (imageExtensions.has(extension)) return { type: "image" };
  if (extension === ".zip") return { type: "archive" };
  if (isDicomName(file) || isDicom(await readStart(file))) return { type: "dicom" };
  const head = () => readHead(file);
  const found = format ?? (await chooseFormat({ name: file, head, ...(formats ? { formats } : {}) }));
  return found && { type: "documents", format: found };
}

/** Enough bytes to know a DICOM file by. */
async function readStart(file: string): Promise<Uint8Array> {
  await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(startBytes), position: 0 });
  return buffer.subarray(0, bytesRead);
}

/** Whether a file of this name lists the DICOM files of a medium (PS3.10 section 8). */
export function isDirectoryName(name: string): boolean {
  return /^dicomdir$/i.test(basename(name));
}

/** Whether a name says that the file is a DICOM file; most have no such name. */
export function isDicomName(name: string): boolean {
  return dicomExtensions.has(extname(name).toLowerCase());
}

/** The files that a DICOMDIR lists. Throws as `readDirectory` of imaging does, `file-too-large` above 16 MB. */
async function findListed(
  path: string,
  { corpus = dicomCorpus, report }: { corpus?: string; report: AddReport },
): Promise<Source[]> {
  const { size } = await stat(path);
  if (size > directoryLimit) {
    throw new MedRoundsError("file-too-large", `${basename(path)} is larger than 16 MB.`, { bytes: size });
  }
  const { folder, files, refused } = await readDirectory(path);
  for (const { file, error } of refused) report.refuse({ file, corpus, error: fileError(error, file) });
  return Promise.all(
    files.map(async (file) => {
      const { size: bytes } = await stat(file);
      return { type: "dicom", folder, name: relative(folder, file), corpus, bytes } as const;
    }),
  );
}
