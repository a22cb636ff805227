import { parseJsonLines } from "#platform";
import { type DocumentFormat, type FormatItem, itemOf } from "./format.ts";
import { readRow } from "./read-row.ts";
import type { Row } from "./row.ts";

/** JSON lines: one object a line, of a shape in `rows/list.ts`. A row with a `file` is about an image. */
export const jsonLines: DocumentFormat = {
  name: "json-lines",
  extensions: [".jsonl", ".ndjson", ".txt"],
  recognizes: (head) => looksLikeRow(head.split("\n", 1)[0] ?? ""),
  async *read(file) {
    for await (const entry of parseJsonLines(file.pieces)) {
      const { line, bytes } = entry;
      yield { line, bytes, ...(entry.type === "refused" ? entry : itemOfRow(entry.value)) };
    }
  },
};

function itemOfRow(row: Row): FormatItem {
  const { file } = row;
  if (file !== undefined && file !== null && file !== "") return { type: "case", row };
  return itemOf(() => readRow(row));
}

/** The line may be cut off at its end. */
function looksLikeRow(line: string): boolean {
  return /^\s*\{\s*"/.test(line) && /"(?:text|content|contents|title|file|qa)"\s*:/.test(line);
}
