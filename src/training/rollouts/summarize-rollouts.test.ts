import { describe, expect, it } from "vitest";
import type { Rollout } from "./rollout.ts";
import { createRolloutSummary } from "./summarize-rollouts.ts";
import { testRollout } from "./test-rollout.ts";

function summarize(rollouts: readonly Rollout[], emptyShare = 0.5) {
  const summary = createRolloutSummary({ emptyShare });
  for (const rollout of rollouts) summary.add(rollout);
  return summary.summary();
}

/** Tries at one question. */
function tries(id: string, ...rights: (number | null)[]): Rollout[] {
  const { question } = testRollout();
  return rights.map((correct, attempt) => testRollout({ attempt, correct, question: { ...question, id } }));
}

const paid = (total: number | null, flags: readonly string[] = []) =>
  testRollout({ reward: { profile: "p", configurationHash: "0", total, components: {}, flags } });

describe("a summary of rollouts", () => {
  it("counts questions by how often they are answered right", () => {
    const { strata, questions, correctShare } = summarize([
      ...tries("a", 1, 1),
      ...tries("b", 1, 0),
      ...tries("c", 0, 0),
      ...tries("d", null, null),
      ...tries("e", 0.5, 0),
    ]);
    expect(strata).toEqual({ always: 1, sometimes: 1, never: 2, unknown: 1 });
    expect([questions, correctShare]).toEqual([5, 3 / 8]);
  });

  it("has the reward's mean and its sample deviation, without what it does not apply to", () => {
    const { reward } = summarize([paid(1), paid(2, ["no-choice"]), paid(6), paid(null)]);
    expect(reward).toMatchObject({ profile: "p", scored: 3, mean: 3, flaggedShare: 0.25 });
    expect(reward?.deviation).toBeCloseTo(Math.sqrt(7), 12);
    expect(summarize([paid(1)]).reward).toMatchObject({ mean: 1, deviation: null });
    expect(summarize([testRollout()]).reward).toBeNull();
  });

  it("raises an alarm from the threshold on, once there are ten searches", () => {
    const empty = testRollout({ retrieved: [{ query: "angle", documents: [] }] });
    const many = (full: number, none: number) => [
      ...Array<Rollout>(full).fill(testRollout()),
      ...Array<Rollout>(none).fill(empty),
    ];
    expect(summarize(many(5, 5)).searches).toEqual({
      ...{ total: 10, empty: 5, share: 0.5, threshold: 0.5, alarm: true },
    });
    expect(summarize(many(6, 4)).searches.alarm).toBe(false);
    expect(summarize(many(0, 9)).searches.alarm).toBe(false);
    expect(summarize([]).searches).toMatchObject({ share: 0, alarm: false });
  });
});
