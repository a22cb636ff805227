/** A part of a document's text, `start` inclusive, `end` exclusive, under its headings from the outermost to the innermost. */
export type Section = { headings: string[]; start: number; end: number };

/**
 * A document before it is cut into passages. `text` is its whole text, unchanged; offsets count UTF-16 code units of it.
 * Sections are in order and do not overlap; what lies in none of them (headings, front matter) is not cut into passages.
 */
export type SourceDocument = {
  id: string;
  title: string;
  text: string;
  sections: Section[];
  licence?: string;
  url?: string;
  metadata: Record<string, unknown>;
};
