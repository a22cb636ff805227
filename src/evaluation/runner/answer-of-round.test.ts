import { expect, it } from "vitest";
import type { ModelIdentity, RoundEvent } from "#contracts";
import { answerOfRound } from "./answer-of-round.ts";

const options = [
  { label: "A", text: "Effusion" },
  { label: "B", text: "Pneumothorax" },
];

/** A round that found no option in its answer. */
function roundOf(policy: ModelIdentity["policy"], text: string): RoundEvent[] {
  const at = { roundId: "round", at: 0 };
  const answer = { text, choice: null, confidence: null, abstained: true, differential: [], citations: [] };
  return [
    {
      ...at,
      type: "round-start",
      sequence: 0,
      question: { text: "Which?", images: [], options },
      model: { policy, name: null, endpoint: null, description: policy },
      ...{ seed: 1, configurationHash: "0" },
    },
    { ...at, type: "answer-final", sequence: 1, answer },
    {
      ...at,
      type: "round-end",
      sequence: 2,
      outcome: "abstained",
      transcript: { text: "", environment: [] },
    },
  ];
}

it.each(["prompted", "tags", "tools"] as const)(
  "leaves what a model wrote by %s to the profile, also where the round found no option in it",
  (policy) => {
    const events = roundOf(policy, '{"answer_choice": "b"}');
    expect(answerOfRound(events, { options, optionOrder: [] })).toMatchObject({
      output: '{"answer_choice": "b"}',
      abstained: false,
    });
  },
);

it("keeps that the reader abstained", () => {
  const events = roundOf("reader", "The evidence does not decide this.");
  expect(answerOfRound(events, { options, optionOrder: [] }).abstained).toBe(true);
});
