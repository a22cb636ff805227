import type { Passage } from "#contracts";
import type { SourceDocument } from "../document.ts";
import { documentKey } from "../document-key.ts";
import type { Chunking } from "./chunking.ts";
import { medrounds } from "./medrounds.ts";

/**
 * A document as passages, cut by our own rule or by the one that is given. The text of each is exactly the document's between its
 * offsets. `file` is the document's file as the passage's source names it. Never throws.
 */
export function chunkDocument(request: {
  document: SourceDocument;
  corpus: string;
  file: string;
  chunking?: Chunking;
}): Passage[] {
  const { document, corpus, file, chunking = medrounds } = request;
  const cuts = chunking.cut(document);
  const key = documentKey({ corpus, id: document.id });
  return cuts.map(({ start, end, headings }, index) => ({
    id: cuts.length === 1 ? key : `${key}#${index + 1}`,
    corpus,
    title: document.title,
    headings,
    text: document.text.slice(start, end),
    source: { file, document: document.id, start, end },
    ...(document.licence === undefined ? {} : { licence: document.licence }),
    ...(document.url === undefined ? {} : { url: document.url }),
    metadata: document.metadata,
  }));
}
