import { fileURLToPath } from "node:url";
import { type OpenJudges, rememberJudgments } from "#evaluation";
import type { Rollout } from "#training";
import { connectJudges } from "../suites/connect-judge.ts";

/** A chat model that rates the reasoning of rollouts; those below `minimum` (0–1) are kept apart. */
export type RolloutJudgeChoice = { endpoint: string; model: string; minimum: number };

/** `rate` resolves to 0–1, or null where the judge gave no verdict. What it said stays in the folder, and is not asked for again. */
export type RolloutJudge = AsyncDisposable & {
  minimum: number;
  rate(rollout: Omit<Rollout, "correct" | "reward">, signal?: AbortSignal): Promise<number | null>;
  notes: readonly string[];
};

/** `recipes/judges/training`, which stands at the same depth above the source and above the build. */
const promptFile = fileURLToPath(new URL("../../../recipes/judges/training/reasoning.md", import.meta.url));

/** Rejects as `connectJudges` does: the judge is asked about its two cases first. */
export async function openRolloutJudge(
  { endpoint, model, minimum }: RolloutJudgeChoice,
  { folder, seed, signal }: { folder: string; seed: number; signal?: AbortSignal | undefined },
): Promise<RolloutJudge> {
  const open: OpenJudges & AsyncDisposable = await connectJudges(
    { endpoint, model, prompts: [promptFile] },
    {
      ...{ seed, folder, signal },
      samples: async () => [],
      remember: (judge) => rememberJudgments(judge, { folder, signal }),
    },
  );
  const [judge] = open.judges;
  return {
    ...{ minimum, notes: open.notes },
    async rate({ question, transcript, usage }, within) {
      const { id, text, options } = question;
      const measured = await judge?.measure(
        {
          sample: {
            ...{ id, question: text, options, gold: { type: "unanswerable" } },
          },
          answer: {
            ...{ output: transcript.text, probabilities: null, confidence: null, abstained: false },
            ...{ usage: { ...usage, costMicrodollars: null }, exemplars: [], optionOrder: [], events: null },
          },
          extraction: { state: "unparsed" },
        },
        within,
      );
      const rating = measured?.reasoning;
      return typeof rating === "number" ? rating : null;
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}
