import { MedRoundsError } from "#contracts";
import type { EvaluatedCase } from "#evaluation";
import type { CaseEntry } from "#imaging";

/** What neighbors vote on: a case's first label, whether it has a label, or what a field says of it. */
export type CaseTask =
  | { type: "first-label" }
  | { type: "positive"; label: string }
  | { type: "field"; field: string };

type Known = { entry: CaseEntry; fields: Readonly<Record<string, unknown>> };

/** Cases as an evaluation sees them. Throws `usage-invalid` where the task or `within` asks for what no case has. */
export function toEvaluatedCases(
  known: readonly Known[],
  { task, within }: { task: CaseTask; within?: string | undefined },
): EvaluatedCase[] {
  const cases = known.map(({ entry, fields }): EvaluatedCase => {
    const { id, labels, patientId, slideId } = entry;
    return {
      id,
      labels,
      class: classOf(entry, fields, task),
      patient: patientId,
      slide: slideId,
      part: within === undefined ? undefined : readField(fields, within),
    };
  });
  if (task.type === "positive" && !cases.some((found) => found.class === task.label)) {
    throw new MedRoundsError("usage-invalid", `No case has the label ${task.label}.`, { label: task.label });
  }
  if (task.type === "field")
    requireField(
      cases.map((found) => found.class),
      task.field,
    );
  if (within !== undefined)
    requireField(
      cases.map(({ part }) => part),
      within,
    );
  return cases;
}

function classOf({ labels }: CaseEntry, fields: Known["fields"], task: CaseTask): string | undefined {
  if (task.type === "field") return readField(fields, task.field);
  if (labels.length === 0) return undefined;
  if (task.type === "first-label") return labels[0];
  const isPositive = labels.some((label) => label.toLowerCase() === task.label.toLowerCase());
  return isPositive ? task.label : `other than ${task.label}`;
}

function readField(fields: Known["fields"], name: string): string | undefined {
  const value = fields[name];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function requireField(values: readonly (string | undefined)[], field: string): void {
  if (values.some((value) => value !== undefined)) return;
  throw new MedRoundsError("usage-invalid", `No case has a text or a number in the field ${field}.`, {
    field,
  });
}
