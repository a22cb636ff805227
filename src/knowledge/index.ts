/**
 * Documents and passages: files of the formats in `formats/list.ts` become documents; documents become passages whose
 * text is exactly the document's text between their offsets; passages are found again by words, by vectors, or by both. Explanations become
 * documents by a chat model.
 * Not here: opening files, images and cases, loading embedders. Imports contracts, text, platform and store.
 */
export { chunkingNamed } from "./chunking/choose-chunking.ts";
export { chunkDocument } from "./chunking/chunk-document.ts";
export type { Chunking } from "./chunking/chunking.ts";
export { distill, distillationFiles } from "./distillation/distill.ts";
export { readTestSet } from "./distillation/read-test-set.ts";
export type { DistillationReport } from "./distillation/report.ts";
export type { SourceDocument } from "./document.ts";
export { documentKey } from "./document-key.ts";
export { chooseFormat, formatNamed } from "./formats/choose-format.ts";
export type { DocumentFormat, FormatFile, FormatItem } from "./formats/format.ts";
export { documentFormats } from "./formats/list.ts";
export { readRow } from "./formats/read-row.ts";
export {
  embeddedText,
  embeddedTextHash,
  passageCollection,
  passageFromRecord,
  passageRow,
  passageVectorCollection,
  passageVectorRow,
} from "./passage-collection.ts";
export type { Reranker, TextEmbedder } from "./ports.ts";
export { fuseByRank } from "./retrieval/fuse-by-rank.ts";
export { fuseByScore } from "./retrieval/fuse-by-score.ts";
export {
  createPassageSearch,
  type PassageHit,
  type PassageSearch,
  type PassageSearchRequest,
} from "./retrieval/passage-retrieval.ts";
export type { Retriever } from "./retrieval/retriever.ts";
export { retrievers } from "./retrieval/retrievers/list.ts";
export { readSynonyms } from "./retrieval/synonyms.ts";
export { createWebSearch } from "./web-search/create-web-search.ts";
export { createDomainRules, isDomainName } from "./web-search/domain-rules.ts";
export { webSearchProviders } from "./web-search/providers/list.ts";
export type { Network } from "./web-search/request-page.ts";
