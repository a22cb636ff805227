import { answerWords } from "../answer-words.ts";
import { goldLabel, goldTexts } from "../gold.ts";
import type { ReadTrajectory } from "../read-trajectory.ts";
import type { Reward } from "../reward.ts";

/** Med-RwR's accuracy (arXiv 2510.18303, section 3) as 1 or 0; the factor 5 is the profile's weight. */
export const accuracy: Reward = {
  name: "accuracy",
  about: "1 for the right option, or for the right answer word for word or by another name of it; else 0.",
  read(trajectory) {
    const label = goldLabel(trajectory);
    const texts = goldTexts(trajectory);
    if (trajectory.options.length > 0 && trajectory.gold.label !== undefined && label === null) {
      return { value: null, flags: ["invalid-gold"], reason: "The right label is none of the options." };
    }
    if (label === null && texts.length === 0) return { value: null, reason: "No right answer was given." };
    return { value: isRight(trajectory, { label, texts }) ? 1 : 0 };
  },
};

function isRight(
  { answer, choice }: ReadTrajectory,
  gold: { label: string | null; texts: readonly string[] },
): boolean {
  if (answer === null) return false;
  if (choice !== null && gold.label !== null) return choice.label === gold.label;
  const said = answerWords(answer);
  return said !== "" && gold.texts.some((text) => answerWords(text) === said);
}
