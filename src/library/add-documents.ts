import { MedRoundsError } from "#contracts";
import { chunkDocument, documentKey, passageRow, type SourceDocument } from "#knowledge";
import { type Keyed, settleItems } from "./known-content.ts";
import type { Library } from "./library.ts";
import type { AddReport } from "./report.ts";

export type PendingDocument = {
  document: SourceDocument;
  contentHash: string;
  corpus: string;
  file: string;
  line?: number;
};

/** Documents are compared, cut and written together, a commit a batch: a document is in the library whole or not at all. */
export function createDocumentAdder({ library, report, replace }: Adder): {
  add(pending: PendingDocument): Promise<void>;
  flush(): Promise<void>;
} {
  let batch: (PendingDocument & Keyed)[] = [];
  let characters = 0;
  const flush = async () => {
    const items = batch;
    batch = [];
    characters = 0;
    if (items.length > 0) await writeDocuments({ library, report, replace, items });
  };
  return {
    async add(pending) {
      batch.push({ ...pending, key: documentKey({ corpus: pending.corpus, id: pending.document.id }) });
      characters += pending.document.text.length;
      if (batch.length >= 2_000 || characters >= 4_000_000) await flush();
    },
    flush,
  };
}

export type Adder = { library: Library; report: AddReport; replace: boolean };

async function writeDocuments(
  request: Adder & { items: readonly (PendingDocument & Keyed)[] },
): Promise<void> {
  const { library, report, replace, items } = request;
  await settleItems({
    collection: library.passages,
    keyColumn: "document",
    items,
    replace,
    unchanged: () => {
      report.unchanged.documents++;
    },
    conflict: (item) => {
      const { id } = item.document;
      report.refuse({ ...placeOf(item), id, error: conflict(id) });
    },
    write: async (wanted) => {
      const fresh = wanted.filter(({ isNew }) => isNew);
      const rows = fresh.flatMap(({ item }) => toRows(item));
      await library.passages.insert(rows);
      report.added.documents += fresh.length;
      report.added.passages += rows.length;
      for (const { item, isNew } of wanted) if (!isNew) await replaceDocument({ library, report, item });
    },
  });
}

async function replaceDocument(request: {
  library: Library;
  report: AddReport;
  item: PendingDocument & Keyed;
}): Promise<void> {
  const { library, report, item } = request;
  const filter = { type: "equals", column: "document", value: item.key } as const;
  await library.passages.replace({ rows: toRows(item), filter });
  report.replaced.documents++;
}

function toRows({ document, corpus, file, contentHash }: PendingDocument) {
  return chunkDocument({ document, corpus, file }).map((passage) => passageRow({ passage, contentHash }));
}

/** Where a report says that an item stands. */
export function placeOf({ file, line, corpus }: { file: string; line?: number; corpus: string }) {
  return { file, corpus, ...(line === undefined ? {} : { line }) };
}

export function conflict(id: string): MedRoundsError {
  return new MedRoundsError("id-conflict", `The id ${id} is there already with other content.`, { id });
}
