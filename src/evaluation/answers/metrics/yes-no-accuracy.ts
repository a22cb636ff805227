import type { ScoredSample } from "../answer.ts";
import { shareOf } from "./mean-of.ts";

/** Accuracy over questions whose options are yes and no, 0–1: what visual question answering calls closed questions. */
export const yesNoAccuracy = shareOf(
  { name: "yes-no-accuracy", title: "Accuracy on yes or no", better: "higher" },
  (sample) => (isYesOrNo(sample) ? sample.correct : null),
);

function isYesOrNo({ texts }: ScoredSample): boolean {
  const words = texts.map((text) => text.trim().toLowerCase());
  return words.length === 2 && words.includes("yes") && words.includes("no");
}
