import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { type DocumentFormat, type FormatItem, itemOf } from "./format.ts";
import { rowDocument, textField } from "./row.ts";
import { textLines } from "./text-lines.ts";

/**
 * Med-RwR's `knowledge_base.tsv`: a passage a line, `<row-id><whitespace><text>`, no header. Where the first whitespace is a tab, the id is
 * what stands before it; else it must be a number, so that a line without an id is not taken for one that has its first word as id.
 */
export const tsv: DocumentFormat = {
  name: "tsv",
  extensions: [".tsv", ".txt"],
  recognizes: (head) => {
    // The last line may be cut off, but not where it is the only one.
    const lines = head.split(/\r?\n/, 20);
    return lines.every((line, index) => /^\d+\t\S/.test(line) || (index === lines.length - 1 && index > 0));
  },
  async *read(file) {
    for await (const entry of textLines(file.pieces)) {
      const { line, bytes } = entry;
      if ("failure" in entry) yield { line, bytes, type: "refused", failure: entry.failure };
      else if (entry.text.trim() !== "") yield { line, bytes, ...readLine(entry.text, line) };
    }
  },
};

function readLine(content: string, line: number): FormatItem {
  const [, id, text] = /^(\S+)\t\s*(.*)$/s.exec(content) ?? /^(\d+)\s+(.*)$/s.exec(content) ?? [];
  if (id === undefined) return { type: "refused", failure: withoutId(line) };
  const row = { id, text };
  return itemOf(() =>
    rowDocument({ row, text: textField(row, "text"), title: undefined, consumed: ["text"] }),
  );
}

function withoutId(line: number): Failure {
  const message = `Line ${line} does not begin with an id and whitespace.`;
  return toFailure(new MedRoundsError("row-invalid", message, { line, field: "id" }));
}
