import { z } from "zod";

const text = z.string().nullish();
const fields = z.object({
  id: z.union([z.string().min(1), z.number()]),
  findings: text,
  impression: text,
  file: text,
  patient_id: z.union([z.string(), z.number()]).nullish(),
  licence: text,
  license: text,
});

/** A report of an image, as a manifest's row has it. */
export type Report = {
  id: string;
  findings: string;
  /** Empty where there is none. */
  impression: string;
  /** The image's file, relative to the manifest; null where there is none. */
  file: string | null;
  patient: string;
  license: string;
};

/** Undefined for a row that is no report; one without findings has empty ones. */
export function readReport(row: Readonly<Record<string, unknown>>): Report | undefined {
  const read = fields.safeParse(row);
  if (!read.success) return undefined;
  const { id, findings, impression, file, patient_id: patient, license, licence } = read.data;
  return {
    id: String(id),
    findings: findings?.trim() ?? "",
    impression: impression?.trim() ?? "",
    file: file || null,
    patient: patient === null || patient === undefined ? "" : String(patient),
    license: license ?? licence ?? "not stated",
  };
}

/** What de-identification put in place of words: "XXXX", "____", "[**Name**]". */
const mask = /\bX{3,}\b|_{3,}|\[\*\*/;

/** Whether words of a text were taken out. */
export function isMasked(said: string): boolean {
  return mask.test(said);
}
