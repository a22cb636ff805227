import type { SourceDocument } from "../document.ts";
import { wholeText } from "./content.ts";
import { type DocumentFormat, itemOf } from "./format.ts";

/** Plain text in UTF-8: one document. */
export const plainText: DocumentFormat = {
  name: "text",
  extensions: [".txt"],
  // Any text would do, a program's source too.
  recognizes: () => false,
  async *read(file) {
    const text = await wholeText(file);
    yield itemOf(() => readPlainText({ id: file.name, text }));
  },
};

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
