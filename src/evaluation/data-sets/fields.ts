import { z } from "zod";
import { MedRoundsError } from "#contracts";

const written = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trim());

/** A text that is not blank; numbers are taken as they are written. */
export const someText = written.pipe(z.string().min(1));
/** A text; undefined where it is blank or null. */
export const maybeText = written
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? undefined : value));
/** Several texts, or one, as a list. */
export const someTexts = z.union([z.array(someText), someText.transform((text) => [text])]);
/** Texts by label, as in `{ "A": "yes" }`; the blank ones are left out. */
export const textTable = z
  .record(z.string(), maybeText)
  .transform((table) => Object.entries(table).flatMap(([label, text]) => (text ? [{ label, text }] : [])));

/** The fields of a row. Throws `sample-invalid`, naming the first field that is not as it must be. */
export function readFields<Schema extends z.ZodType>(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path ?? [];
  const field = path.join(".");
  const missing = path.length === 1 && isMissing(value[String(path[0])]);
  throw invalidSample(`The field ${field} is ${missing ? "missing" : "not as it must be"}.`, { field });
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Why a row is no sample; `message` is a sentence. */
export function invalidSample(message: string, facts: Record<string, string> = {}): MedRoundsError {
  return new MedRoundsError("sample-invalid", message, facts);
}

/** Whether the row has all these fields. */
export function hasFields(row: Readonly<Record<string, unknown>>, ...fields: string[]): boolean {
  return fields.every((field) => Object.hasOwn(row, field));
}
