import { createHash } from "node:crypto";
import { MedRoundsError } from "#contracts";
import type { Section, SourceDocument } from "../document.ts";

/** A line of a JSON-lines file: an object. A field that is null counts as absent. */
export type Row = Record<string, unknown>;

/** One shape of row. `fits` looks at which fields there are, `read` checks what they hold; `read` throws as `readRow` says. */
export type RowReader = { name: string; fits(row: Row): boolean; read(row: Row): SourceDocument };

/** Fields of our own that say nothing where they are null, and so are no metadata. */
const absentWhereNull = new Set(["file", "text", "licence", "license"]);

/** The id that a row states in `id`, else in `_id`; null where neither says one. Throws `row-invalid`. */
function statedId(row: Row): string | null {
  const field = idField(row);
  const id = row[field];
  if (id === undefined || id === null || id === "") return null;
  if (typeof id === "string") return id;
  if (typeof id !== "number") throw invalid(row, field, "is neither a string nor a number");
  if (Math.abs(id) > Number.MAX_SAFE_INTEGER) throw invalid(row, field, "is too large for an exact number");
  return String(id);
}

function idField(row: Row): "id" | "_id" {
  return row.id === undefined || row.id === null || row.id === "" ? "_id" : "id";
}

/** A field's string; undefined where it is absent or blank. Throws `row-invalid`. */
export function stringField(row: Row, field: string): string | undefined {
  const value = row[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(row, field, "is not a string");
  return value.trim() === "" ? undefined : value;
}

/** A field's strings, blank ones left out; none where it is absent. Throws `row-invalid`. */
export function stringsField(row: Row, field: string): string[] {
  const value = row[field] ?? [];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string")) {
    throw invalid(row, field, "is not a list of strings");
  }
  return value.filter((entry) => entry.trim() !== "");
}

/** A field's string that must be there. Throws `row-without-text` where it is absent or blank, `row-invalid` where it is no string. */
export function textField(row: Row, field: string): string {
  const text = stringField(row, field);
  if (text === undefined) throw withoutText(row);
  return text;
}

/** The text of a row, or its title where that is all it has. Throws as `textField` does. */
export function textOrTitle(row: Row): string {
  return stringField(row, "text") ?? textField(row, "title");
}

/** The error of a row that has nothing to cut into passages. */
export function withoutText(row: Row): MedRoundsError {
  const id = statedId(row);
  return new MedRoundsError("row-without-text", `The row ${id ?? "without an id"} has no text.`, { id });
}

/** The error of a row in which a field holds the wrong thing. */
export function invalid(row: Row, field: string, problem: string): MedRoundsError {
  const stated = row[idField(row)];
  const id = typeof stated === "string" || typeof stated === "number" ? stated : null;
  return new MedRoundsError("row-invalid", `The field ${field} ${problem}.`, { id, field });
}

/**
 * The document of a row. A row without an id gets one from its text, so that it has the same id whenever it is read. Fields that are
 * not in `consumed` become metadata, and `metadata` adds to them. Without `sections`, the text is one without headings.
 */
export function rowDocument(parts: {
  row: Row;
  text: string;
  title: string | undefined;
  consumed: readonly string[];
  sections?: Section[];
  metadata?: Row;
}): SourceDocument {
  const { row, text, sections, consumed } = parts;
  const id = statedId(row) ?? `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  const licenceField = stringField(row, "licence") === undefined ? "license" : "licence";
  const licence = stringField(row, licenceField);
  const url = stringField(row, "url");
  const used = new Set([...consumed, idField(row), licenceField, "url"]);
  const rest = Object.entries(row).filter(
    ([field, value]) => !used.has(field) && !(value === null && absentWhereNull.has(field)),
  );
  return {
    id,
    title: parts.title ?? id,
    text,
    sections: sections ?? [{ headings: [], start: 0, end: text.length }],
    ...(licence === undefined ? {} : { licence }),
    ...(url === undefined ? {} : { url }),
    metadata: { ...Object.fromEntries(rest), ...parts.metadata },
  };
}
