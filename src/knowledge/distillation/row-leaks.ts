import type { Leak, LeakCheck } from "#text";
import type { Explanation } from "./explanation.ts";

/**
 * What a row leaks before any model saw it: its own question is a test question, or its explanation repeats one. Null where it leaks
 * nothing. The explanation of a test question is the worst leak there is, also in other words, so the whole row goes.
 */
export function findRowLeaks(
  { question, text }: Explanation,
  leakCheck: LeakCheck,
): { where: "question" | "explanation"; leaks: Leak[] } | null {
  const ofQuestion = question === null ? [] : leakCheck.check(question);
  if (ofQuestion.length > 0) return { where: "question", leaks: ofQuestion };
  const ofText = leakCheck.check(text);
  return ofText.length > 0 ? { where: "explanation", leaks: ofText } : null;
}
