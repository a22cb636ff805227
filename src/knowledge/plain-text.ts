import type { SourceDocument } from "./document.ts";

/** A plain text as one section without headings. The title is the last part of the id, which is a relative path. Never throws. */
export function readPlainText({ id, text }: { id: string; text: string }): SourceDocument {
  return {
    id,
    title: id.split("/").at(-1) || id,
    text,
    sections: [{ headings: [], start: 0, end: text.length }],
    metadata: {},
  };
}
