import type { Evidence } from "#contracts";
import type { SampleAnswer } from "../answer.ts";

/** What a round found, in the order in which it came; null where the round is not kept, and where it was one prompt, which can find nothing. */
export function roundEvidence({ events, prompt }: SampleAnswer): readonly Evidence[] | null {
  if (prompt !== undefined) return null;
  return events?.flatMap((event) => ("evidence" in event ? event.evidence : [])) ?? null;
}

/** The text of evidence as a judge or a comparison by words reads it. */
export function evidenceText(evidence: Evidence): string {
  if (evidence.type === "passage") return `${evidence.passage.title}\n${evidence.passage.text}`;
  if (evidence.type === "page") return `${evidence.page.title}\n${evidence.page.text}`;
  if (evidence.type === "case") {
    const { text, labels } = evidence.case;
    return [text, ...labels.map(({ name, status }) => `${name}: ${status}`)].join("\n");
  }
  const { columns, rows } = evidence.table;
  return [columns.join(" | "), ...rows.map((row) => row.join(" | "))].join("\n");
}
