import { answerWords } from "../answer-words.ts";
import type { Reward, RewardFlag } from "../reward.ts";

/** Our own: what a search costs, and what one costs that could find nothing new. */
const perSearch = 0.05;
const perWaste = 0.2;

export const toolCost: Reward = {
  name: "tool-cost",
  about:
    "−1 to 0: −0.05 for each search, −0.2 more for each that is empty or repeats an earlier one; off unless a weight is given.",
  read({ queries }) {
    const seen = new Set<string>();
    const flags = new Set<RewardFlag>();
    let wasted = 0;
    for (const query of queries) {
      const words = answerWords(query);
      const flag = words === "" ? "empty-query" : seen.has(words) ? "repeated-query" : null;
      seen.add(words);
      if (flag === null) continue;
      flags.add(flag);
      wasted++;
    }
    const cost = Math.min(1, perSearch * queries.length + perWaste * wasted);
    return { value: cost === 0 ? 0 : -cost, flags: [...flags] };
  },
};
