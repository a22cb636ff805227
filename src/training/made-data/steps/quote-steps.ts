import { sentences } from "#text";
import { titleOf } from "./regions.ts";
import { isMasked, type Report } from "./report.ts";
import type { Step } from "./step.ts";

/**
 * Steps of a report without a model: its own sentences in their order, each whole and unchanged; neighbors about one region share a step.
 * Sentences of which words were taken out are left out and told.
 */
export function quoteSteps({ findings }: Pick<Report, "findings">): { steps: Step[]; masked: string[] } {
  const masked: string[] = [];
  const groups: { title: string; start: number; end: number }[] = [];
  let follows = false;
  for (const { start, end, text } of sentences(findings)) {
    if (isMasked(text)) {
      masked.push(text);
      follows = false;
      continue;
    }
    const title = titleOf(text);
    const last = groups.at(-1);
    if (follows && last?.title === title) last.end = end;
    else groups.push({ title, start, end });
    follows = true;
  }
  const steps = groups.map(({ title, start, end }) => ({
    title,
    text: findings.slice(start, end).replace(/\s+/g, " "),
  }));
  return { steps, masked };
}
