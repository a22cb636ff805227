import type { Answer } from "../../src/contracts/index.ts";
import type { Action, Policy, RoundState, ToolCall } from "../../src/reasoning/policy.ts";

export const identity = { policy: "tags", name: "test", endpoint: null, description: "a test" } as const;
export const nothingSaid = { type: "thought", text: "" } as const;
export const answer: Answer = {
  text: "Effusion [1].",
  choice: null,
  confidence: 0.9,
  abstained: false,
  differential: [],
  citations: [],
};
export const answerAction = {
  type: "answer" as const,
  said: nothingSaid,
  answer,
  confidenceMethod: "none",
} satisfies Action;

export function passageSearch(...queries: string[]): Action {
  const calls = queries.map((query, index): ToolCall => {
    return { id: `call-${index + 1}`, tool: "search_passages", query };
  });
  return { type: "search", said: nothingSaid, calls };
}

/** Takes the actions in turn, then answers. What each step saw is kept. */
export function policyOf(...actions: (Action | ((state: RoundState) => Promise<Action>))[]) {
  const seen: { mustAnswer: boolean; turns: RoundState["turns"]; evidence: number[] }[] = [];
  const policy: Policy = {
    identity,
    async *decide(state) {
      const { mustAnswer, turns, evidence } = state;
      seen.push({ mustAnswer, turns: [...turns], evidence: evidence.map(({ number }) => number) });
      const action = actions[seen.length - 1] ?? answerAction;
      return typeof action === "function" ? action(state) : action;
    },
  };
  return { policy, seen };
}
