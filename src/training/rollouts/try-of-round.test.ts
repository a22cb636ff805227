import { describe, expect, it } from "vitest";
import { MedRoundsError, type RoundEvent, toFailure } from "#contracts";
import { testRollout } from "./test-rollout.ts";
import { tryOfRound } from "./try-of-round.ts";

type Draft = Record<string, unknown> & { type: RoundEvent["type"] };

/** Events of a round, as far as a try is made of them. */
function round(outcome: string, drafts: readonly Draft[] = []): RoundEvent[] {
  const model = { policy: "tags", name: "m", endpoint: "http://127.0.0.1/v1", description: "" };
  const { transcript } = testRollout();
  const all: Draft[] = [
    { type: "round-start", model, seed: 7, configurationHash: "0" },
    ...drafts,
    { type: "round-end", outcome, transcript },
  ];
  return all.map(
    (draft, sequence) => ({ roundId: "r", sequence, at: 0, step: 0, ...draft }) as unknown as RoundEvent,
  );
}

const failure = (code: ConstructorParameters<typeof MedRoundsError>[0]): Draft => ({
  ...{ type: "failure", step: null },
  failure: toFailure(new MedRoundsError(code, "It failed.")),
});
const { question, prompt } = testRollout();
const recorded = { question, prompt, replies: [], usage: { inputTokens: 1, outputTokens: 1 } };
const read = (events: readonly RoundEvent[]) => tryOfRound(events, recorded);

function measured(method: string, probabilities: Record<string, number>): Draft[] {
  const differential = Object.entries(probabilities).map(([label, probability]) => ({ label, probability }));
  return [
    { type: "confidence-measured", method },
    { type: "answer-final", answer: { differential } },
  ];
}
const byLogProbabilities = "log-probabilities over the options";

describe("tryOfRound", () => {
  it("is no try where the server failed, or the round was interrupted", () => {
    expect(read(round("failed", [failure("endpoint-unreachable")]))).toBeUndefined();
    expect(read(round("interrupted", [failure("interrupted")]))).toBeUndefined();
    expect(read([])).toBeUndefined();
  });

  it("is a failed try where the model itself never answered", () => {
    const made = read(round("failed", [failure("model-silent")]));
    expect(made).toMatchObject({ outcome: "failed", failures: [{ code: "model-silent" }], seed: 7 });
    expect(made?.transcript).toEqual(testRollout().transcript);
  });

  it("pairs each search with what it gave, in order, and with nothing where it failed", () => {
    const passage = (title: string) => ({
      type: "passage",
      passage: { title, text: "t", source: { document: "d" } },
    });
    const query = (call: string) => ({ type: "query-issued", call, tool: "search_passages", query: call });
    const made = read(
      round("answered", [
        query("one") as Draft,
        query("two") as Draft,
        { type: "passages-retrieved", call: "two", evidence: [passage("B")] },
        { type: "failure", step: 0, call: "one", failure: failure("search-failed" as never).failure },
      ]),
    );
    expect(made?.retrieved).toEqual([
      { query: "one", documents: [] },
      { query: "two", documents: [{ id: "d", title: "B", text: "t" }] },
    ]);
  });

  it("takes the options' log-probabilities where they were measured, and no bounds or corrections of them", () => {
    const of = (method: string, probabilities: Record<string, number>) =>
      read(round("answered", measured(method, probabilities)))?.measured.optionsAfter;
    expect(of(byLogProbabilities, { A: 0.75, B: 0.25 })).toEqual({ A: Math.log(0.75), B: Math.log(0.25) });
    expect(of(byLogProbabilities, { A: 1, B: 0 })).toBeUndefined();
    expect(of(`${byLogProbabilities}, 1 of them by an upper bound`, { A: 0.9, B: 0.1 })).toBeUndefined();
    expect(of(`${byLogProbabilities}, calibrated by temperature`, { A: 0.9, B: 0.1 })).toBeUndefined();
  });

  it("tells how the model was given its transcript the last time", () => {
    expect(read(round("answered"))?.rendering).toBe("same-turn");
    const steps: Draft[] = [{ type: "step-end" }, { type: "step-end", rendering: "new-turn" }];
    expect(read(round("answered", steps))?.rendering).toBe("new-turn");
  });
});
