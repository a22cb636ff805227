import type { Evidence, Label } from "#contracts";

/** Evidence as the text that stands in a retrieved block: its number, what it is, and its exact words. */
export function renderEvidence(evidence: readonly Evidence[]): string {
  return evidence.length === 0 ? "None" : evidence.map(renderOne).join("\n");
}

function renderOne(evidence: Evidence): string {
  if (evidence.type === "passage") {
    const { title, headings, text } = evidence.passage;
    const path = [title, ...headings.filter((heading) => heading !== title)].join(", ");
    return `[${evidence.number}] ${path}: ${text}`;
  }
  const { id, labels, text } = evidence.case;
  const said = labels.length === 0 ? "no labels" : labels.map(renderLabel).join(", ");
  return `[${evidence.number}] Case ${id}, similarity ${evidence.score.toFixed(2)}: ${said}. ${text}`.trim();
}

function renderLabel({ name, status }: Label): string {
  return status === "present" ? name : `${name} (${status})`;
}
