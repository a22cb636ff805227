import type { Turn } from "../policy.ts";

/** How far a staged round has come: its reasoning so far, what comes next, and how many replies in a row were no good. */
export type Progress = { stage: "reasoning" | "summary"; steps: readonly string[]; failures: number };

/** A step as the transcript holds it; the last one says so, so that a round can be taken up from its transcript. */
export function writeStep(
  { title, content, next }: { title: string; content: string; next: "continue" | "final" },
  number: number,
): string {
  return `Step ${number}${next === "final" ? ", the last" : ""}: ${title.trim()}\n${content.trim()}`;
}

/**
 * Read off the turns: the reasoning ends with a step that says so, with as many steps as there may be, or where a reply was still no
 * good after the retries.
 */
export function readProgress(turns: readonly Turn[], most: { steps: number; retries: number }): Progress {
  const steps: string[] = [];
  let stage: Progress["stage"] = "reasoning";
  let failures = 0;
  for (const { action } of turns) {
    if (action.type === "invalid") {
      failures++;
      if (stage === "summary" || failures <= most.retries) continue;
    } else if (action.type === "search" && action.calls.length === 0) {
      const { text } = action.said;
      steps.push(text);
      if (steps.length < most.steps && !/^Step \d+, the last:/.test(text)) {
        failures = 0;
        continue;
      }
    } else continue;
    stage = "summary";
    failures = 0;
  }
  return { stage, steps, failures };
}
