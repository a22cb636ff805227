import { MedRoundsError } from "#contracts";
import { type Chunking, chunkDocument, documentKey, passageRow, type SourceDocument } from "#knowledge";
import { canonicalJson, sha256 } from "#platform";
import { type Keyed, openWrittenContent, settleItems, type WrittenContent } from "./known-content.ts";
import type { Library } from "./library.ts";
import type { AddReport } from "./report.ts";

export type PendingDocument = {
  document: SourceDocument;
  corpus: string;
  file: string;
  line?: number;
};

type KeyedDocument = PendingDocument & Keyed;
type DocumentAdder = Adder & { chunking?: Chunking };

/**
 * Documents are compared, cut and written together, a commit a batch: a document is in the library whole or not at all. One without
 * text is refused; one that is cut by another rule than before has another content.
 */
export function createDocumentAdder(adder: DocumentAdder): {
  add(pending: PendingDocument): Promise<void>;
  flush(): Promise<void>;
} {
  const { report, chunking } = adder;
  let batch: KeyedDocument[] = [];
  let characters = 0;
  let written: WrittenContent | undefined;
  const flush = async () => {
    const items = batch;
    batch = [];
    characters = 0;
    if (items.length === 0) return;
    written ??= await openWrittenContent(adder.library.passages);
    await writeDocuments({ ...adder, items, written });
  };
  return {
    async add(pending) {
      const { document, corpus } = pending;
      if (!hasText(document)) {
        report.refuse({ ...placeOf(pending), id: document.id, error: withoutText(document) });
        return;
      }
      const key = documentKey({ corpus, id: document.id });
      batch.push({ ...pending, key, contentHash: hashOf(document, chunking) });
      characters += document.text.length;
      if (batch.length >= 2_000 || characters >= 4_000_000) await flush();
    },
    flush,
  };
}

function hasText({ text, sections }: SourceDocument): boolean {
  return sections.some(({ start, end }) => text.slice(start, end).trim() !== "");
}

function withoutText({ id }: SourceDocument): MedRoundsError {
  return new MedRoundsError("file-without-text", `The document ${id} has no text to be searched.`, { id });
}

/** Our own rule leaves no trace. */
function hashOf(document: SourceDocument, chunking: Chunking | undefined): string {
  const rule = chunking && chunking.name !== "medrounds" ? { chunking: chunking.name } : {};
  return sha256(canonicalJson({ ...document, ...rule }));
}

export type Adder = { library: Library; report: AddReport; replace: boolean };

async function writeDocuments(
  request: DocumentAdder & { items: readonly KeyedDocument[]; written: WrittenContent },
): Promise<void> {
  const { library, report, replace, items, written, chunking } = request;
  await settleItems({
    collection: library.passages,
    keyColumn: "document",
    items,
    replace,
    written,
    unchanged: () => {
      report.unchanged.documents++;
    },
    conflict: (item) => {
      const { id } = item.document;
      report.refuse({ ...placeOf(item), id, error: conflict(id) });
    },
    write: async (wanted) => {
      const fresh = wanted.filter(({ isNew }) => isNew);
      const rows = fresh.flatMap(({ item }) => toRows(item, chunking));
      await library.passages.insert(rows, { areNew: true });
      report.added.documents += fresh.length;
      report.added.passages += rows.length;
      for (const { item, isNew } of wanted) if (!isNew) await replaceDocument({ ...request, item });
    },
  });
}

async function replaceDocument(request: DocumentAdder & { item: KeyedDocument }): Promise<void> {
  const { library, report, item, chunking } = request;
  const filter = { type: "equals", column: "document", value: item.key } as const;
  await library.passages.replace({ rows: toRows(item, chunking), filter });
  report.replaced.documents++;
}

function toRows({ document, corpus, file, contentHash }: KeyedDocument, chunking: Chunking | undefined) {
  const passages = chunkDocument({ document, corpus, file, ...(chunking ? { chunking } : {}) });
  return passages.map((passage) => passageRow({ passage, contentHash }));
}

/** Where a report says that an item stands. */
export function placeOf({ file, line, corpus }: { file: string; line?: number; corpus: string }) {
  return { file, corpus, ...(line === undefined ? {} : { line }) };
}

export function conflict(id: string): MedRoundsError {
  return new MedRoundsError("id-conflict", `The id ${id} is there already with other content.`, { id });
}
