import { abstains, abstainsHonestly } from "../abstention.ts";
import type { Reward } from "../reward.ts";

/** What an answer could be won by: trying several, or making up what was found. */
const tricks = new Set(["several-answers", "fabricated-retrieval"]);
const perBreach = 0.25;

export const breaches: Reward = {
  name: "breaches",
  about:
    "−1 to 0: −1 for several answers or a made-up retrieve block; else −0.25 for each kind of breach of the grammar, for no thought, and for an answer that names none of the options or several, unless it abstains after a search whose findings it takes up.",
  read(trajectory) {
    const kinds = new Set<string>(trajectory.problems.map(({ type }) => type));
    if (kinds.values().some((kind) => tricks.has(kind))) return { value: -1 };
    const { answer, choice, options, thoughts } = trajectory;
    if (thoughts.every((thought) => thought.trim() === "")) kinds.add("no-thought");
    const flags: string[] = abstains(trajectory) ? ["abstained"] : [];
    if (answer !== null && options.length > 0 && choice === null && !abstainsHonestly(trajectory)) {
      kinds.add("no-choice");
    }
    return { value: Math.max(-1, -perBreach * kinds.size) + 0, flags };
  },
};
