import { sha256 } from "#platform";
import { invalid, type Row, stringField } from "../formats/row.ts";

/** An explanation of a question, as a row holds it. */
export type Explanation = {
  id: string;
  text: string;
  question: string | null;
  /** Texts of the options, without their labels. */
  options: string[];
  subject: string | null;
};

const textFields = ["explanation", "exp", "rationale", "text"];
const subjectFields = ["subject", "subject_name"];
/** The options of a row of MedMCQA (Pal et al. 2022), beside `question`, `cop`, `exp` and `subject_name`. */
const optionFields = ["opa", "opb", "opc", "opd"];

/**
 * Reads a row of explanations: the first of `explanation`, `exp`, `rationale` and `text` that is there; null where none is, as in
 * one in eight rows of MedMCQA. Optional: `question`; `options` (a list, or texts by label) or `opa` to `opd`; `subject` or
 * `subject_name`. The right answer is not read: it is to be in no sentence. Throws `row-invalid` (facts `id`, `field`).
 */
export function readExplanation(row: Row): Explanation | null {
  const text = firstField(row, textFields);
  if (text === undefined) return null;
  const question = stringField(row, "question") ?? null;
  const { id, _id } = row;
  const stated = [id, _id].find(isId);
  return {
    id: stated === undefined ? `sha256:${sha256(`${question}\n${text}`).slice(0, 16)}` : String(stated),
    text,
    question,
    options: readOptions(row),
    subject: firstField(row, subjectFields) ?? null,
  };
}

function isId(value: unknown): value is string | number {
  return typeof value === "string" ? value.trim() !== "" : Number.isFinite(value);
}

function firstField(row: Row, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const text = stringField(row, field);
    if (text !== undefined) return text;
  }
  return undefined;
}

function readOptions(row: Row): string[] {
  const { options } = row;
  if (options === undefined || options === null) {
    return optionFields.map((field) => stringField(row, field)).filter((text) => text !== undefined);
  }
  const texts: unknown[] = typeof options === "object" ? Object.values(options) : [options];
  if (!texts.every((text) => typeof text === "string")) {
    throw invalid(row, "options", "is neither a list of texts nor texts by label");
  }
  return texts;
}
