/**
 * Documents and passages: rows of JSON lines, Markdown and plain text become documents; documents become passages whose
 * text is exactly the document's text between their offsets; passages are found again by BM25.
 * Not here: reading files, images and cases. Imports contracts, text, platform and store.
 */
export { chunkDocument } from "./chunk-document.ts";
export type { SourceDocument } from "./document.ts";
export { documentKey } from "./document-key.ts";
export { readMarkdown } from "./markdown.ts";
export { passageCollection, passageFromRecord, passageRow } from "./passage-collection.ts";
export { type PassageHit, searchPassages } from "./passage-search.ts";
export { readPlainText } from "./plain-text.ts";
export { readRow } from "./read-row.ts";
