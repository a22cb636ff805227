import { z } from "zod";
import { parseSteps, type Step } from "../steps/step.ts";

const fields = z.object({
  id: z.string(),
  image_filename: z.string().nullable(),
  image_sha256: z.string().nullable(),
  findings: z.string(),
  impression: z.string(),
  reasoning: z.string(),
  patient_id: z.string(),
  license: z.string(),
});

/** A row of stepwise reasoning that was made of a report. */
export type ReasoningRow = z.infer<typeof fields> & { steps: readonly Step[] };

/** Undefined for what is none. */
export function readReasoningRow(row: Readonly<Record<string, unknown>>): ReasoningRow | undefined {
  const read = fields.safeParse(row);
  const steps = read.success ? parseSteps(read.data.reasoning) : undefined;
  return read.success && steps ? { ...read.data, steps } : undefined;
}
