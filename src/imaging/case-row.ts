import { type Label, MedRoundsError } from "#contracts";
import { readLabels } from "./labels.ts";

/** What a manifest row says of a case, before its image is read. */
export type CaseRow = {
  id: string;
  file: string;
  labels: Label[];
  text: string;
  patientId?: string;
  slideId?: string;
  source?: string;
  licence?: string;
  metadata: Record<string, unknown>;
};

/**
 * Reads a manifest row with a `file`. Unknown fields are kept as metadata; a row without `id` takes its file as id.
 * Throws `row-invalid`, naming the field.
 */
export function readCaseRow(row: Record<string, unknown>): CaseRow {
  const { id, file, labels, text, patient_id, slide_id, source, licence, license, ...metadata } = row;
  if (typeof file !== "string" || file === "") throw invalid("file", "the path of an image");
  const known = readLabels(labels);
  if (!known) throw invalid("labels", "a list of labels, or a table of label and status");
  const optional = {
    patientId: identity(patient_id, "patient_id"),
    slideId: identity(slide_id, "slide_id"),
    source: optionalText(source, "source"),
    licence: optionalText(licence ?? license, "licence"),
  };
  return {
    id: identity(id, "id") ?? file,
    file,
    labels: known,
    text: optionalText(text, "text") ?? "",
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
    metadata,
  };
}

const unknownIdentities = new Set(["", "-", "na", "n/a", "nan", "none", "null", "unknown"]);

/** A patient, slide or case id; undefined where it is unknown, so that two unknowns are never taken for the same. */
function identity(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" && typeof value !== "number") throw invalid(field, "a text or a number");
  const text = String(value).trim();
  return unknownIdentities.has(text.toLowerCase()) ? undefined : text;
}

function optionalText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw invalid(field, "a text");
  return value;
}

function invalid(field: string, expected: string): MedRoundsError {
  return new MedRoundsError("row-invalid", `The field ${field} is not ${expected}.`, { field });
}
