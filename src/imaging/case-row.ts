import { type Label, MedRoundsError } from "#contracts";
import { knownIdentity } from "./identity.ts";
import { readLabels } from "./labels.ts";

/** What a manifest row says of a case, before its image is read. `file` is as the row has it. */
export type CaseRow = {
  id?: string;
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
 * Reads a manifest row with a `file`. Unknown fields are kept as metadata; an id that is unknown is left out.
 * Throws `row-invalid`, naming the field.
 */
export function readCaseRow(row: Record<string, unknown>): CaseRow {
  const { id, file, labels, text, patient_id, slide_id, source, licence, license, ...metadata } = row;
  if (typeof file !== "string" || file === "") throw invalid("file", "the path of an image");
  const known = readLabels(labels);
  if (!known) throw invalid("labels", "a list of labels, or a table of label and status");
  const optional = {
    id: identity(id, "id"),
    patientId: identity(patient_id, "patient_id"),
    slideId: identity(slide_id, "slide_id"),
    source: optionalText(source, "source"),
    licence: optionalText(licence ?? license, "licence"),
  };
  return {
    file,
    labels: known,
    text: optionalText(text, "text") ?? "",
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
    metadata,
  };
}

function identity(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return knownIdentity(value);
  if (typeof value !== "number") throw invalid(field, "a text or a number");
  // Beyond 2^53 several numbers of a file are read as one.
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw invalid(field, "a text or an exact number");
  return String(value);
}

function optionalText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw invalid(field, "a text");
  return value;
}

function invalid(field: string, expected: string): MedRoundsError {
  return new MedRoundsError("row-invalid", `The field ${field} is not ${expected}.`, { field });
}
