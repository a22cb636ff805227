import type { SourceDocument } from "../document.ts";
import type { Row } from "./row.ts";
import { rowReaders } from "./rows/list.ts";
import { plain } from "./rows/plain.ts";

/**
 * A row of JSON lines that is a document, not a case. The first reader of the list that fits reads it. The id is `id` or `_id`, else
 * `sha256:` and the first 16 hex digits of the text's SHA-256; the title falls back to the id. Fields without a meaning
 * of their own are kept as metadata.
 * Throws `row-without-text` (fact `id`, null where the row has none) and `row-invalid` (facts `id`, `field`).
 */
export function readRow(row: Row): SourceDocument {
  const reader = rowReaders.find((candidate) => candidate.fits(row)) ?? plain;
  return reader.read(row);
}
