import { basename, dirname, join, relative, resolve } from "node:path";
import { type ErrorCode, MedRoundsError } from "#contracts";
import { type CaseRow, readCaseRow } from "#imaging";
import type { Chunking, FormatItem } from "#knowledge";
import { fileError } from "#platform";
import { createCaseAdder, type PendingCase } from "./add-cases.ts";
import { createDocumentAdder } from "./add-documents.ts";
import { openDicomArchive, readSource } from "./dicom-files.ts";
import type { Library } from "./library.ts";
import { writeManifest } from "./manifest.ts";
import { openFile } from "./open-file.ts";
import { type AddReport, newReport } from "./report.ts";
import { refit } from "./similarity.ts";
import { type FormatChoice, findSources, type Source } from "./sources.ts";
import { lockForWriting } from "./writer-lock.ts";

/** How far an addition is: items read, and the share (0–1) of all bytes of the sources that was read. */
export type AddProgress = { items: number; share: number; refused: number };

type AddRequest = FormatChoice & {
  library: Library;
  paths: readonly string[];
  corpus?: string;
  replace?: boolean;
  /** Whether to refuse DICOM images that have text in their pixels; they are flagged otherwise. */
  refuseBurnedIn?: boolean;
  chunking?: Chunking;
  signal?: AbortSignal;
  onProgress?: (progress: AddProgress) => void;
};

/**
 * Adds files and folders to a library. Content that is there already is not added again; an id that is there with other
 * content is refused, or with `replace` takes its place. A bad file or row is refused in the report and stops nothing.
 * Files are of `format`, or recognized each; documents are cut by `chunking`, or by our own rule. Where the cases changed much, it is
 * fitted anew how they are compared. When the signal aborts, what was read so far stays and the report says `interrupted`.
 * Throws `path-missing`, `path-unreadable`, `file-unsupported` (before anything is added) and `library-busy`.
 */
export async function addToLibrary(request: AddRequest): Promise<AddReport> {
  const { library, paths, signal, onProgress } = request;
  const report = newReport();
  const began = performance.now();
  await using _lock = await lockForWriting(library.folder);
  const sources: Source[] = [];
  for (const path of paths) sources.push(...(await findSources({ ...request, path, report })));
  // Images come last: one that a row names is not added once more by itself.
  sources.sort((a, b) => Number(a.type !== "documents") - Number(b.type !== "documents"));
  const named = new Set<string>();

  const adder = { library, report, replace: request.replace ?? false };
  const { chunking } = request;
  const documents = createDocumentAdder({ ...adder, ...(chunking ? { chunking } : {}) });
  const cases = createCaseAdder({ ...adder, refuseBurnedIn: request.refuseBurnedIn ?? false });
  const total = sources.reduce((sum, source) => sum + source.bytes, 0);
  let before = 0;
  let items = 0;
  const advance = (bytes: number) => {
    items++;
    const share = total === 0 ? 1 : Math.min(1, (before + bytes) / total);
    onProgress?.({ items, share, refused: report.refused.length });
    signal?.throwIfAborted();
  };
  try {
    for (const source of sources) {
      await nameCorpus(library, source.corpus);
      try {
        await addSource({ source, documents, cases, report, named, advance, ...(signal ? { signal } : {}) });
      } catch (error) {
        if (signal?.aborted || isOfLibrary(error)) throw error;
        const { name: file, corpus } = source;
        report.refuse({ file, corpus, error: fileError(error, file) });
      }
      before += source.bytes;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    report.interrupted = true;
  }
  await documents.flush();
  await cases.flush();
  if (!report.interrupted) {
    await library.passages.optimize();
    await library.cases.optimize();
    await refit(library);
  }
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

/** Not the file's fault: every other would fail alike. */
function isOfLibrary(error: unknown): boolean {
  const codes: readonly ErrorCode[] = ["disk-full", "store-unreachable", "store-refused"];
  return MedRoundsError.is(error) && codes.includes(error.code);
}

async function nameCorpus(library: Library, corpus: string): Promise<void> {
  if (library.manifest.corpora.includes(corpus)) return;
  library.manifest.corpora.push(corpus);
  await writeManifest(library.folder, library.manifest);
}

type SourceRequest = {
  source: Source;
  documents: ReturnType<typeof createDocumentAdder>;
  cases: ReturnType<typeof createCaseAdder>;
  report: AddReport;
  /** The files that rows name. */
  named: Set<string>;
  /** Called after each item with the bytes of the source read so far; throws when the addition is interrupted. */
  advance: (bytes: number) => void;
  signal?: AbortSignal;
};

async function addSource(request: SourceRequest): Promise<void> {
  const { source, cases, named, advance } = request;
  const { corpus, folder, name } = source;
  if (source.type === "documents") return addDocuments({ ...request, source });
  if (source.type === "archive") return addArchive(request);
  const row = { id: name, file: name, labels: [], text: "", metadata: {} };
  const read = () => readSource(source);
  if (!named.has(join(folder, name))) await cases.add({ row, corpus, file: name, read });
  advance(source.bytes);
}

/** The DICOM files of an archive are read from it again when it is their turn; the archive stays open until then. */
async function addArchive({ source, cases, report, advance }: SourceRequest): Promise<void> {
  const { corpus, folder, name } = source;
  await using archive = await openDicomArchive(join(folder, name));
  for (const skipped of archive.skipped) report.skip(skipped);
  for (const [index, { name: inside, read }] of archive.files.entries()) {
    const file = `${name}/${inside}`;
    const row = { id: file, file, labels: [], text: "", metadata: {} };
    await cases.add({ row, corpus, file, read });
    advance((source.bytes * (index + 1)) / archive.files.length);
  }
  await cases.flush();
}

async function addDocuments(
  request: SourceRequest & { source: Extract<Source, { type: "documents" }> },
): Promise<void> {
  const { source, documents, report, advance, signal } = request;
  const { folder, name, corpus, format } = source;
  if (source.bytes === 0) throw new MedRoundsError("file-empty", `${basename(name)} is empty.`);
  const file = openFile({ path: join(folder, name), name, ...(signal ? { signal } : {}) });
  for await (const item of format.read(file)) {
    const place = { corpus, file: name, ...(item.line === undefined ? {} : { line: item.line }) };
    if (item.type === "case") await addCase({ ...request, row: item.row, place });
    else if (item.type === "document") await documents.add({ document: item.document, ...place });
    else report.refused.push({ ...place, ...item.failure });
    advance(item.bytes ?? file.bytesRead());
  }
}

async function addCase(
  request: SourceRequest & {
    row: Extract<FormatItem, { type: "case" }>["row"];
    place: { corpus: string; file: string; line?: number };
  },
): Promise<void> {
  const { source, cases, report, named, place } = request;
  let row: PendingCase["row"];
  try {
    row = locate(readCaseRow(request.row), source);
  } catch (error) {
    report.refuse({ ...place, error });
    return;
  }
  named.add(join(source.folder, row.file));
  const { file } = row;
  await cases.add({ row, ...place, read: () => readSource({ folder: source.folder, name: file }) });
}

/** The row with its file's path below the folder that is added, which also is the id of a case that has none. */
function locate(row: CaseRow, { folder, name }: Source): PendingCase["row"] {
  const file = relative(folder, resolve(folder, dirname(name), row.file)) || row.file;
  return { ...row, file, id: row.id ?? file };
}
