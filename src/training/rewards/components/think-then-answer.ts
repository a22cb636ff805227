import type { Reward } from "../reward.ts";

/** The format of Med-R1 (arXiv 2503.13939) and MedVLM-R1 (arXiv 2502.19634), which search nothing. */
export const thinkThenAnswer: Reward = {
  name: "think-then-answer",
  about: "1 for one thought, one answer and nothing else, else 0.",
  read({ segments, problems }) {
    const kinds = segments.map(({ kind }) => kind).join(" ");
    return { value: problems.length === 0 && kinds === "think answer" ? 1 : 0 };
  },
};
