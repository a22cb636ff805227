import { goldLabel } from "../gold.ts";
import type { Reward } from "../reward.ts";

/** MedVLM-R1's graded accuracy (arXiv 2502.19634, released reward). */
export const letterAccuracy: Reward = {
  name: "letter-accuracy",
  about:
    "1 for the right option's letter and nothing else, 0.5 for that letter with other text, else 0; the option's text alone pays nothing.",
  read(trajectory) {
    const { answer, choice } = trajectory;
    const label = goldLabel(trajectory);
    if (label === null) return { value: null, reason: "No option is told to be right." };
    if (answer === null || choice?.by !== "label" || choice.label !== label) return { value: 0 };
    const bare = answer.replace(/[^\p{L}\p{N}]+/gu, "");
    return { value: bare.toLowerCase() === label.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase() ? 1 : 0.5 };
  },
};
