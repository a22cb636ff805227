import type { AnsweredSample, AnswerMeasure } from "../answer.ts";
import { correctByGold } from "../correct-by-gold.ts";

/**
 * What giving unsure answers again has done (CDIR; Med-RwR, arXiv 2510.18303), of choices in rounds that do so and are kept: the share that
 * was given again, the share that was right before, and what is right now less what was right before, −1 to 1. All three are of the same
 * answers, so the last is a paired difference.
 */
export const reconsideration: readonly AnswerMeasure[] = [
  {
    name: "reconsidered",
    title: "Reconsidered answers",
    better: "neither",
    measure: (answered) => answerTwice(answered)?.isGivenAgain ?? null,
  },
  {
    name: "first-answer-right",
    title: "Right before reconsidering",
    better: "higher",
    measure: (answered) => answerTwice(answered)?.before ?? null,
  },
  {
    name: "reconsideration-gain",
    title: "Gain by reconsidering",
    better: "higher",
    measure(answered) {
      const found = answerTwice(answered);
      return found && found.after - found.before;
    },
  },
];

/** An answer that was not given again, or whose first one was kept, is right before as it is now. */
function answerTwice(
  answered: AnsweredSample,
): { isGivenAgain: 0 | 1; before: number; after: number } | null {
  const { events } = answered.answer;
  const { gold } = answered.sample;
  const start = events?.find((event) => event.type === "round-start");
  if (start?.rules?.reconsideration === undefined || gold.type !== "option") return null;
  const after = correctByGold(answered) ?? 0;
  const told = events?.findLast((event) => event.type === "answer-reconsidered");
  const before = told?.kept === "second" ? Number(told.first.choice === gold.label) : after;
  return { isGivenAgain: told ? 1 : 0, before, after };
}
