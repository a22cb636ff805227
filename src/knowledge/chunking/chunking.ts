import type { Section, SourceDocument } from "../document.ts";

/** A rule by which documents are cut into passages. */
export type Chunking = {
  /** What `--chunking` calls it. */
  name: string;
  /** The passages of a document in order, each under its headings; without whitespace at their ends, none empty. Never throws. */
  cut(document: Pick<SourceDocument, "text" | "sections">): Section[];
};
