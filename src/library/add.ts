import { basename, dirname, join, relative, resolve } from "node:path";
import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { type CaseRow, readCaseRow } from "#imaging";
import { readMarkdown, readPlainText, readRow, type SourceDocument } from "#knowledge";
import { canonicalJson, fileError, readBoundedFile, readJsonLines, sha256 } from "#platform";
import { createCaseAdder, type PendingCase } from "./add-cases.ts";
import { createDocumentAdder } from "./add-documents.ts";
import type { Library } from "./library.ts";
import { writeManifest } from "./manifest.ts";
import { type AddReport, newReport } from "./report.ts";
import { findSources, type Source } from "./sources.ts";
import { lockForWriting } from "./writer-lock.ts";

/** How far an addition is: items read, and the share (0–1) of all bytes of the sources that was read. */
export type AddProgress = { items: number; share: number; refused: number };

const textFileLimit = 64 * 1024 * 1024;

/**
 * Adds files and folders to a library. Content that is there already is not added again; an id that is there with other
 * content is refused, or with `replace` takes its place. A bad file or row is refused in the report and stops nothing.
 * When the signal aborts, what was read so far stays and the report says `interrupted`.
 * Throws `path-missing`, `path-unreadable`, `file-unsupported` (before anything is added) and `library-busy`.
 */
export async function addToLibrary(request: {
  library: Library;
  paths: readonly string[];
  corpus?: string;
  replace?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: AddProgress) => void;
}): Promise<AddReport> {
  const { library, paths, corpus, signal, onProgress } = request;
  const report = newReport();
  const began = performance.now();
  await using _lock = await lockForWriting(library.folder);
  const sources: Source[] = [];
  for (const path of paths)
    sources.push(...(await findSources({ path, report, ...(corpus ? { corpus } : {}) })));
  // Rows come first: an image that one of them names is not added once more by itself.
  sources.sort((a, b) => Number(b.type === "rows") - Number(a.type === "rows"));
  const named = new Set<string>();

  const adder = { library, report, replace: request.replace ?? false };
  const documents = createDocumentAdder(adder);
  const cases = createCaseAdder(adder);
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
        await addSource({ source, documents, cases, report, named, advance });
      } catch (error) {
        if (signal?.aborted) throw error;
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
  }
  report.seconds = (performance.now() - began) / 1000;
  return report;
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
};

async function addSource(request: SourceRequest): Promise<void> {
  const { source, documents, cases, named, advance } = request;
  const { corpus, folder, name } = source;
  if (source.type === "rows") return addRows(request);
  if (source.type === "image") {
    const row = { id: name, file: name, labels: [], text: "", metadata: {} };
    if (!named.has(join(folder, name))) await cases.add({ row, folder, corpus, file: name });
  } else {
    const text = await readTextFile(source);
    const read = source.type === "markdown" ? readMarkdown : readPlainText;
    await documents.add({
      document: read({ id: name, text }),
      contentHash: sha256(`${name}\n${text}`),
      corpus,
      file: name,
    });
  }
  advance(source.bytes);
}

async function addRows({ source, documents, cases, report, named, advance }: SourceRequest): Promise<void> {
  const { corpus, folder, name } = source;
  if (source.bytes === 0) throw new MedRoundsError("file-empty", `${basename(name)} is empty.`);
  for await (const entry of readJsonLines(join(folder, name))) {
    const place = { corpus, file: name, line: entry.line };
    const read = entry.type === "refused" ? entry : readManifestRow(entry.value);
    if (read.type === "case") {
      const row = locate(read.row, source);
      named.add(join(folder, row.file));
      await cases.add({ row, folder, ...place });
    } else if (read.type === "document") await documents.add({ ...read, ...place });
    else report.refused.push({ ...place, ...read.failure });
    advance(entry.bytes);
  }
}

/** The row with its file's path below the folder that is added, which also is the id of a case that has none. */
function locate(row: CaseRow, { folder, name }: Source): PendingCase["row"] {
  const file = relative(folder, resolve(folder, dirname(name), row.file)) || row.file;
  return { ...row, file, id: row.id ?? file };
}

/** A row with a `file` is a case, one without a document. */
function readManifestRow(
  row: Record<string, unknown>,
):
  | { type: "case"; row: CaseRow }
  | { type: "document"; document: SourceDocument; contentHash: string }
  | { type: "refused"; failure: Failure } {
  try {
    if (row.file !== undefined && row.file !== null && row.file !== "")
      return { type: "case", row: readCaseRow(row) };
    return { type: "document", document: readRow(row), contentHash: sha256(canonicalJson(row)) };
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    return { type: "refused", failure: toFailure(error) };
  }
}

async function readTextFile({ folder, name, bytes }: Source): Promise<string> {
  if (bytes === 0) throw new MedRoundsError("file-empty", `${basename(name)} is empty.`);
  const content = await readBoundedFile(join(folder, name), { limit: textFileLimit });
  const text = decodeText(content);
  if (text !== undefined) return text;
  throw new MedRoundsError("file-not-text", `${basename(name)} is not UTF-8 text.`);
}

/** Undefined for what is not UTF-8, and for text with NUL characters, which is another encoding or no text at all. */
function decodeText(content: Uint8Array): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
